package dev.attune.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasureTokensTest {
  private static final Path GOLDEN =
      Path.of("..", "pipeline", "src", "test", "resources", "golden");

  @Test
  void measuresWhatTheDocumentationSays() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "estimate.md"));

    assertThat(MeasureTokens.texts())
        .hasSize(14)
        .allSatisfy(error -> assertThat(page).contains(error.row()));
  }

  @Test
  void isOffByWhatTheEstimateSaysOnTheSampleData() throws IOException {
    for (String sample : List.of("childcare", "proposals")) {
      TokenError error =
          MeasureTokens.dataset(sample, GOLDEN.resolve(sample).resolve("train.jsonl"));
      assertThat((double) error.estimated() / error.counted()).isBetween(1.08, 1.30);
    }
  }
}
