package dev.attune.launcher.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.config.OutputFormat;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.TestShell;
import dev.attune.place.Place;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleLinesTest {
  @TempDir private Path directory;

  private List<ExampleLine> read(OutputFormat format) throws IOException, CommandFailure {
    List<ExampleLine> read = new ArrayList<>();
    try (ExampleLines lines =
        ExampleLines.open(
            Place.of(directory.resolve("train.jsonl")), format, new TestShell(directory).shell())) {
      for (ExampleLine line = lines.next(); line != null; line = lines.next()) {
        read.add(line);
      }
    }
    return read;
  }

  private static ExampleLine line(int length) {
    return new ExampleLine("s", List.of(Turn.user("ä".repeat(length)), Turn.model("a")));
  }

  @Test
  void readsLinesOfEveryLengthInOrder() throws Exception {
    List<ExampleLine> lines = new ArrayList<>();
    for (int length : new int[] {1, 40_000, 2, 32_700, 32_701, 3, 200_000, 0}) {
      lines.add(line(length));
    }
    for (OutputFormat format : OutputFormat.values()) {
      TestDataset.publish(directory, format, lines, List.of());
      assertThat(read(format)).isEqualTo(lines);
    }
  }

  @Test
  void readsTheLastLineWithoutItsLineFeed() throws Exception {
    TestDataset.publish(directory, OutputFormat.GEMINI, List.of(line(1), line(2)), List.of());
    Path train = directory.resolve("train.jsonl");
    Files.writeString(train, Files.readString(train).stripTrailing());
    assertThat(read(OutputFormat.GEMINI)).hasSize(2);
  }

  @Test
  void namesTheLineThatIsNoExample() throws Exception {
    TestDataset.publish(directory, OutputFormat.GEMINI, List.of(line(1)), List.of());
    Path train = directory.resolve("train.jsonl");
    Files.writeString(train, Files.readString(train) + "{\"contents\":\"secret\"}\n");
    assertThatThrownBy(() -> read(OutputFormat.GEMINI))
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith("train.jsonl:2 is not an example as attune prepare writes it (")
        .hasMessageEndingWith("): remove the folder of the dataset and prepare it again.")
        .hasMessageNotContaining("secret");
  }
}
