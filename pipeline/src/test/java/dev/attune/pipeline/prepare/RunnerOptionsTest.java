package dev.attune.pipeline.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.runner.LocalOptions;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;
import org.junit.jupiter.api.Test;

class RunnerOptionsTest {
  private static final Path FOLDER = Path.of("/datasets/.tmp.one");

  @Test
  void spillsIntoTheRunsFolder() throws Exception {
    assertThat(temporaryFolder(List.of())).isEqualTo(FOLDER.toString());
  }

  @Test
  void spillsWhereTheUserSays() throws Exception {
    assertThat(temporaryFolder(List.of("--localTempFolder=/fast"))).isEqualTo("/fast");
  }

  @Test
  void spillsIntoNoBucket() {
    assertThatThrownBy(() -> temporaryFolder(List.of("--localTempFolder=gs://team-files/tmp")))
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessageContaining("no bucket");
  }

  private static String temporaryFolder(List<String> typed) throws PrepareRefusedException {
    PipelineOptions options = RunnerOptions.of(typed, PrepareRunner.LOCAL);
    RunnerOptions.spillInto(FOLDER, options, typed);
    return options.as(LocalOptions.class).getLocalTempFolder();
  }
}
