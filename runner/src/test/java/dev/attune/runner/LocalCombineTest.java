package dev.attune.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.junit.jupiter.api.Test;

class LocalCombineTest {
  private static final AtomicInteger LONGEST = new AtomicInteger();

  /** Keeps all values, and counts the calls of its methods. */
  private static final class ListFn extends Combine.CombineFn<byte[], List<byte[]>, Integer> {
    private final Counter added = Metrics.counter("list", "added");
    private final Counter extracted = Metrics.counter("list", "extracted");

    @Override
    public List<byte[]> createAccumulator() {
      return new ArrayList<>();
    }

    @Override
    public List<byte[]> addInput(List<byte[]> accumulator, byte[] input) {
      added.inc();
      accumulator.add(input);
      LONGEST.accumulateAndGet(accumulator.size(), Math::max);
      return accumulator;
    }

    @Override
    public List<byte[]> mergeAccumulators(Iterable<List<byte[]>> accumulators) {
      List<byte[]> merged = new ArrayList<>();
      accumulators.forEach(merged::addAll);
      return merged;
    }

    @Override
    public Integer extractOutput(List<byte[]> accumulator) {
      extracted.inc();
      return accumulator.size();
    }

    @Override
    public Coder<List<byte[]>> getAccumulatorCoder(CoderRegistry registry, Coder<byte[]> coder) {
      return ListCoder.of(ByteArrayCoder.of());
    }
  }

  private static Map<String, Long> combine(int values, int size, String name) {
    Pipeline pipeline =
        LocalPipelines.create(
            options -> {
              options.setLocalMemory(0);
              options.setLocalParallelism(2);
            });
    PCollection<byte[]> bytes =
        pipeline
            .apply(GenerateSequence.from(0).to(values))
            .apply(
                MapElements.into(TypeDescriptor.of(byte[].class))
                    .via((Long number) -> new byte[size]));
    LocalPipelines.collect(
        bytes
            .apply(WithKeys.of("key"))
            .apply("List", Combine.<String, byte[], Integer>perKey(new ListFn())),
        name);
    Map<String, Long> counters = new HashMap<>();
    for (MetricResult<Long> counter : pipeline.run().metrics().allMetrics().getCounters()) {
      if (counter.getName().getNamespace().equals("list")) {
        counters.put(
            counter.getKey().stepName() + " " + counter.getName().getName(),
            counter.getCommitted());
      }
    }
    return counters;
  }

  @Test
  void countsMetricsOfTheCombineFnUnderItsStep() {
    Map<String, Long> counters = combine(100, 1, "counted lists");
    assertThat(LocalPipelines.collected("counted lists")).isEqualTo(Arrays.asList("KV{key, 100}"));
    assertThat(counters)
        .containsOnly(Map.entry("List added", 100L), Map.entry("List extracted", 1L));
  }

  @Test
  void handsOverAccumulatorsThatGrowWithEachValue() {
    LONGEST.set(0);
    combine(20_000, 1000, "long lists");
    assertThat(LocalPipelines.collected("long lists")).isEqualTo(Arrays.asList("KV{key, 20000}"));
    assertThat(LONGEST.get()).isLessThan(5000);
  }
}
