package dev.attune.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Instant;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyedReshuffleTest {
  private static final int KEYS = 300;
  private static final int VALUES = 200;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"1, 100000000", "2, 100000000", "2, 0", "16, 100000000", "16, 0"})
  void keepsTheOrderOfEachKey(int threads, long memory) {
    Pipeline pipeline =
        LocalPipelines.create(
            options -> {
              options.setLocalParallelism(threads);
              options.setLocalMemory(memory);
              options.setLocalTempFolder(folder.toString());
            });
    LocalPipelines.collect(
        pipeline
            .apply(GenerateSequence.from(0).to(KEYS))
            .apply("Spread", Reshuffle.viaRandomKey())
            .apply("Count up", ParDo.of(new CountUpFn()))
            .apply("Once", Reshuffle.of())
            .apply("Pass on", ParDo.of(new LocalPipelines.DoFirstFn<>(element -> {})))
            .apply("Twice", Reshuffle.of())
            .apply("See", ParDo.of(new OrderFn())),
        "ordered");
    pipeline.run();
    assertThat(LocalPipelines.collected("ordered"))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, KEYS).mapToObj(key -> key + " in order").toList());
    assertThat(folder).isEmptyDirectory();
  }

  private static final class CountUpFn extends DoFn<Long, KV<Long, Integer>> {
    @ProcessElement
    public void processElement(@Element Long key, OutputReceiver<KV<Long, Integer>> out) {
      for (int value = 0; value < VALUES; value++) {
        out.output(KV.of(key, value));
      }
    }
  }

  /** Outputs each key whose values were all in one bundle, in the order of their production. */
  private static final class OrderFn extends DoFn<KV<Long, Integer>, String> {
    private transient Map<Long, List<Integer>> seen = new HashMap<>();

    @StartBundle
    public void startBundle() {
      seen = new HashMap<>();
    }

    @ProcessElement
    public void processElement(@Element KV<Long, Integer> element) {
      seen.computeIfAbsent(element.getKey(), missing -> new ArrayList<>()).add(element.getValue());
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      List<Integer> ordered = IntStream.range(0, VALUES).boxed().toList();
      seen.forEach(
          (key, values) -> {
            String order = values.equals(ordered) ? " in order" : " as " + values;
            context.output(key + order, Instant.EPOCH, GlobalWindow.INSTANCE);
          });
    }
  }
}
