package dev.attune.pipeline.read.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImprovementFilesTest {
  @ParameterizedTest
  @CsvSource({
    "better/*.jsonl, /work/set/better/*.jsonl",
    "/data/b.jsonl, /data/b.jsonl",
    "gs://bucket/b*.jsonl, gs://bucket/b*.jsonl"
  })
  void resolvesPatternsNextToTheConfiguration(String pattern, String spec) {
    assertThat(ImprovementFiles.of(pattern, Path.of("/work/set")).spec()).isEqualTo(spec);
    assertThat(ImprovementFiles.of("b.jsonl", Path.of("/")).spec()).isEqualTo("/b.jsonl");
  }

  @Test
  void namesFilesAsTheConfigurationWould() {
    ImprovementFiles files = ImprovementFiles.of("better/*.jsonl", Path.of("/work/set"));

    assertThat(files.nameOf("/work/set/better/b.jsonl")).isEqualTo("better/b.jsonl");
    assertThat(files.nameOf("gs://bucket/b.jsonl")).isEqualTo("gs://bucket/b.jsonl");
  }
}
