package dev.attune.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrepareDatasetTest {
  /** Whoever wants to know what Attune does reads this method first: it stays on one screen. */
  @Test
  void isATableOfContents() throws IOException {
    List<String> source =
        Files.readAllLines(Path.of("src/main/java/dev/attune/pipeline/PrepareDataset.java"));
    int first =
        source.indexOf(
            "  static void build(Pipeline pipeline, Preparation prepared,"
                + " Publication publication) {");
    assertThat(first).isPositive();
    int last = first + source.subList(first, source.size()).indexOf("  }");
    assertThat(last - first + 1).isBetween(10, 59);
    for (String stage :
        List.of("Read", "Check", "Score", "Encode", "DropDuplicates", "AssignSplit", "Write")) {
      assertThat(source.subList(first, last)).anyMatch(line -> line.contains("\"" + stage + "\""));
    }
  }
}
