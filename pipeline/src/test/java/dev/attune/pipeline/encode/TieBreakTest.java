package dev.attune.pipeline.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.config.OutputFormat;
import dev.attune.config.Task;
import dev.attune.format.provider.ExampleFormats;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.example.Quality;
import dev.attune.pipeline.example.Rank;
import dev.attune.pipeline.example.SourceName;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Turn;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that agree in time, id and line survive by what they are, not by where they stand. */
class TieBreakTest {
  private final ExampleEncoder encoder =
      new ExampleEncoder(Task.CONVERSATION, ExampleFormats.of(OutputFormat.GEMINI), true, false);

  @ParameterizedTest
  @ValueSource(strings = {"group", "parent", "categories", "quality"})
  void prefersTheSameRecordWhateverTheOrderOfLines(String difference) {
    Rank first = rank(difference, "one", "file:1");
    Rank second = rank(difference, "two", "file:2");
    Rank movedFirst = rank(difference, "one", "file:9");
    Rank movedSecond = rank(difference, "two", "file:1");
    assertThat(Integer.signum(movedFirst.compareTo(movedSecond)))
        .isNotZero()
        .isEqualTo(Integer.signum(first.compareTo(second)));
  }

  private Rank rank(String difference, String value, String location) {
    return encoder
        .encode(
            new Example(
                "generated:1",
                SourceName.GENERATED,
                location,
                difference.equals("group") ? value : null,
                difference.equals("parent") ? "feedback:" + value : null,
                Example.NO_TIME,
                new ExampleLine(null, List.of(Turn.user("prompt"), Turn.model("answer"))),
                difference.equals("categories") ? List.of(value) : List.of(),
                new Quality(80, 0, difference.equals("quality") && value.equals("one"))))
        .identity()
        .rank();
  }
}
