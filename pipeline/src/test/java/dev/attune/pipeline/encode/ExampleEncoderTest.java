package dev.attune.pipeline.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.config.Task;
import dev.attune.format.gemini.GeminiFormat;
import dev.attune.pipeline.example.EncodedExample;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.example.Identity;
import dev.attune.pipeline.example.Join;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.example.Quality;
import dev.attune.pipeline.example.Rank;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.example.TestRecord;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Role;
import dev.attune.schema.Turn;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExampleEncoderTest {
  private static final ExampleLine LINE = line("Be kind.", "Hello there", "speaking");

  @Test
  void comparesThePromptAloneInAClassificationDataset() {
    assertThat(content(Task.CLASSIFICATION, LINE))
        .isEqualTo(content(Task.CLASSIFICATION, line("Be kind.", "Hello there", "moving")));
  }

  @Test
  void comparesPromptAndAnswerInAConversationDataset() {
    assertThat(content(Task.CONVERSATION, LINE))
        .isNotEqualTo(content(Task.CONVERSATION, line("Be kind.", "Hello there", "moving")))
        .isEqualTo(content(Task.CONVERSATION, line("be kind.", "HELLO  there", " Speaking ")));
  }

  @Test
  void comparesNormalForms() {
    for (Task task : Task.values()) {
      assertThat(content(task, LINE))
          .isEqualTo(content(task, line("BE  KIND.", " hello\nTHERE", "speaking")));
    }
  }

  @Test
  void takesTheSystemInstructionForPartOfThePrompt() {
    assertDiffer(LINE, line("Be brief.", "Hello there", "speaking"));
    assertDiffer(LINE, line(null, "Hello there", "speaking"));
    assertDiffer(line(null, "Hello there", "speaking"), line("", "Hello there", "speaking"));
  }

  @Test
  void takesMediaForPartOfThePromptAsTheyAreWritten() {
    ExampleLine with = withMedia("gs://b/A.jpg");
    assertDiffer(LINE, with);
    assertDiffer(with, withMedia("gs://b/a.jpg"));
    assertDiffer(with, withMedia("gs://b/A.jpg", "gs://b/A.jpg"));
    assertThat(content(Task.CLASSIFICATION, with))
        .isEqualTo(content(Task.CLASSIFICATION, withMedia("gs://b/A.jpg")));
  }

  @Test
  void takesAllTurnsButTheLastForThePrompt() {
    ExampleLine longer = turns("a", "b", "c", "d");
    assertDiffer(longer, turns("a", "x", "c", "d"));
    assertDiffer(longer, turns("a", "bc", "", "d"));
    assertThat(content(Task.CLASSIFICATION, longer))
        .isEqualTo(content(Task.CLASSIFICATION, turns("a", "b", "c", "x")));
  }

  @Test
  void tellsAnswersApartByTheirCategories() {
    Key128 one = encode(Task.CLASSIFICATION, example(LINE, "moving")).identity().answer();
    assertThat(encode(Task.CLASSIFICATION, example(LINE, "moving")).identity().answer())
        .isEqualTo(one);
    assertThat(encode(Task.CLASSIFICATION, example(LINE, "moving", "speaking")).identity().answer())
        .isNotEqualTo(one);
    assertThat(encode(Task.CONVERSATION, example(LINE, "moving")).identity().answer())
        .isEqualTo(encode(Task.CONVERSATION, example(LINE)).identity().answer());
  }

  @Test
  void takesTheFingerprintOfTheLineWithoutLineFeed() {
    EncodedExample body = encode(Task.CLASSIFICATION, example(LINE)).body();
    Identity identity = encode(Task.CLASSIFICATION, example(LINE)).identity();
    byte[] line = new GeminiFormat().encode(LINE);
    assertThat(body.line().bytes()).isEqualTo(line);
    assertThat(body.fingerprint())
        .isEqualTo(TestRecord.fingerprint(new String(line, StandardCharsets.UTF_8)));
    assertThat(identity.bytes()).isEqualTo(line.length + 1);
    assertThat(identity.rank().fingerprint()).isEqualTo(body.fingerprint());
    assertThat(identity.rank().record()).isEqualTo(body.record());
    assertThat(identity.content()).isEqualTo(body.content());
  }

  @Test
  void ranksByScoreAndTime() {
    Rank unscored = encode(Task.CONVERSATION, example(LINE)).identity().rank();
    Rank scored =
        encode(Task.CONVERSATION, example(LINE).scored(new Quality(83, 0, true))).identity().rank();
    assertThat(unscored.quality()).isEqualTo(Rank.NOT_SCORED);
    assertThat(scored.quality()).isEqualTo(83);
    assertThat(unscored.createdAt()).isEqualTo(42);
    assertThat(unscored.id()).isEqualTo("generated:1");
  }

  @Test
  void keepsGroupsTogetherOnlyWhereTheSplitIsByGroup() {
    Example grouped = at("file:1", "u-1", null);
    Identity byGroup = encode(Task.CONVERSATION, grouped).identity();
    Identity byRecord = encode(false, grouped).identity();
    assertThat(byGroup.node()).isEqualTo(Join.node("u-1", "generated:1"));
    assertThat(byGroup.joins()).isTrue();
    assertThat(byRecord.node()).isEqualTo(Join.nodeOfId("generated:1"));
    assertThat(byRecord.joins()).isFalse();
    assertThat(encode(false, at("file:1", "u-1", "feedback:1")).identity().joins()).isTrue();
    // Lineage names the group either way.
    assertThat(encode(false, grouped).body().provenance().group()).isEqualTo("u-1");
  }

  @Test
  void givesEachPlaceARecordKeyOfItsOwn() {
    Key128 one = encode(Task.CONVERSATION, at("file:1", null, null)).body().record();
    assertThat(encode(Task.CONVERSATION, at("file:1", null, null)).body().record()).isEqualTo(one);
    assertThat(encode(Task.CONVERSATION, at("file:2", null, null)).body().record())
        .isNotEqualTo(one);
    assertThat(encode(Task.CONVERSATION, at("file:1", "g", null)).body().record())
        .isNotEqualTo(one)
        .isNotEqualTo(encode(Task.CONVERSATION, at("file:1", null, "g")).body().record());
  }

  @Test
  void ranksRecordsThatDifferInTheirPlaceTheSameBeforeThat() {
    // Otherwise the order of lines would decide which of two groups a record comes to.
    Key128 one = encode(Task.CONVERSATION, at("file:1", "g", null)).body().record();
    Key128 elsewhere = encode(Task.CONVERSATION, at("file:2", "g", null)).body().record();
    Key128 other = encode(Task.CONVERSATION, at("file:1", "h", null)).body().record();
    assertThat(elsewhere.high()).isEqualTo(one.high()).isNotEqualTo(other.high());
  }

  private static void assertDiffer(ExampleLine one, ExampleLine other) {
    for (Task task : Task.values()) {
      assertThat(content(task, one)).isNotEqualTo(content(task, other));
    }
  }

  private static Key128 content(Task task, ExampleLine line) {
    return encode(task, example(line)).identity().content();
  }

  private static ExampleEncoder.Encoded encode(Task task, Example example) {
    return new ExampleEncoder(task, new GeminiFormat(), true, false).encode(example);
  }

  private static ExampleEncoder.Encoded encode(boolean byGroup, Example example) {
    return new ExampleEncoder(Task.CONVERSATION, new GeminiFormat(), byGroup, false)
        .encode(example);
  }

  private static Example example(ExampleLine line, String... categories) {
    return new Example(
        "generated:1",
        SourceName.GENERATED,
        "file:1",
        null,
        null,
        42,
        line,
        List.of(categories),
        null);
  }

  private static Example at(String location, @Nullable String group, @Nullable String parent) {
    return new Example(
        "generated:1", SourceName.GENERATED, location, group, parent, 42, LINE, List.of(), null);
  }

  private static ExampleLine line(@Nullable String system, String prompt, String answer) {
    return new ExampleLine(system, List.of(Turn.user(prompt), Turn.model(answer)));
  }

  private static ExampleLine withMedia(String... uris) {
    return new ExampleLine(
        LINE.system(),
        List.of(new Turn(Role.USER, "Hello there", List.of(uris)), Turn.model("speaking")));
  }

  private static ExampleLine turns(String... texts) {
    return new ExampleLine(
        null,
        List.of(
            Turn.user(texts[0]), Turn.model(texts[1]), Turn.user(texts[2]), Turn.model(texts[3])));
  }
}
