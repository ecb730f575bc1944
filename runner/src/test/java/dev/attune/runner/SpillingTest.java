package dev.attune.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpillingTest {
  private static final AtomicReference<String> SEEN = new AtomicReference<>("");

  @TempDir Path folder;

  @Test
  void givesTheSameResultsWhenEverythingIsSpilled() throws IOException {
    Pipeline pipeline =
        LocalPipelines.create(
            options -> {
              options.setLocalMemory(0);
              options.setLocalTempFolder(folder.toString());
              options.setLocalParallelism(3);
            });
    MixedPipeline.build(pipeline, "spilled");
    pipeline.run();
    MixedPipeline.check("spilled");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void readsOneLargeKeyAnyNumberOfTimes() {
    Pipeline pipeline =
        LocalPipelines.create(
            options -> {
              options.setLocalMemory(1 << 16);
              options.setLocalTempFolder(folder.toString());
            });
    LocalPipelines.collect(
        pipeline
            .apply(GenerateSequence.from(0).to(100_000))
            .apply(WithKeys.of("key"))
            .apply(GroupByKey.create())
            .apply(
                MapElements.into(TypeDescriptors.strings())
                    .via(
                        (KV<String, Iterable<Long>> kv) -> {
                          long[] sums = new long[3];
                          for (int i = 0; i < 3; i++) {
                            for (long value : kv.getValue()) {
                              sums[i] += value;
                            }
                          }
                          return sums[0] + " " + sums[1] + " " + sums[2];
                        })),
        "large key");
    pipeline.run();
    assertThat(LocalPipelines.collected("large key"))
        .containsExactly("4999950000 4999950000 4999950000");
  }

  @Test
  void keepsTemporaryFilesPrivate() {
    Pipeline pipeline =
        LocalPipelines.create(
            options -> {
              options.setLocalMemory(0);
              options.setLocalTempFolder(folder.toString());
            });
    String parent = folder.toString();
    pipeline
        .apply(GenerateSequence.from(0).to(100))
        .apply(WithKeys.of("key"))
        .apply(GroupByKey.create())
        .apply(
            ParDo.of(
                new LocalPipelines.DoFirstFn<>(
                    group -> {
                      try (Stream<Path> entries = Files.list(Path.of(parent))) {
                        Path run = entries.filter(Files::isDirectory).findFirst().orElseThrow();
                        SEEN.set(PosixFilePermissions.toString(Files.getPosixFilePermissions(run)));
                      }
                    })));
    pipeline.run();
    assertThat(SEEN.get()).isEqualTo("rwx------");
    assertThat(folder).isEmptyDirectory();
  }
}
