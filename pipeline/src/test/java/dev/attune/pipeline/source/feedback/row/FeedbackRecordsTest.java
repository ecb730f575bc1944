package dev.attune.pipeline.source.feedback.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.example.RejectionReason;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.rejection.ContentHash;
import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Turn;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeedbackRecordsTest {
  private static final ContentHash HASH = ContentHash.of("answers");
  private static final List<@Nullable String> COLUMNS =
      List.of("id", "user", "question", "answer", "stars", "note", "at");
  private static final FeedbackRecords RECORDS =
      new FeedbackRecords("feedback", COLUMNS, "Answer kindly.", 100, HASH);

  @ParameterizedTest
  @ValueSource(strings = {"4", "5", "4.0", "5.000", "4E0", " 5 ", "+4"})
  void keepsPromptAndResponseOfRowsRatedFourOrFive(String rating) {
    RowOutcome outcome = RECORDS.judge(row("17", "ask", "say", rating, null));

    Example expected =
        new Example(
            "feedback:17",
            SourceName.FEEDBACK,
            "feedback row 17",
            "u1",
            null,
            1_767_323_045_000_000L,
            new ExampleLine("Answer kindly.", List.of(Turn.user("ask"), Turn.model("say"))),
            List.of(),
            null);
    assertThat(outcome).isEqualTo(new RowOutcome.Kept(expected));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        " ",
        "0",
        "6",
        "-1",
        "4.5",
        "3.0001",
        "NaN",
        "Infinity",
        "five",
        "t",
        "1e999999999",
        "1e-999999999",
        "4 5",
        "0000000000000000000000000000000000000000000000000000000000000000004"
      })
  void refusesRatingsThatAreNotWholeFromOneToFive(@Nullable String rating) {
    assertThat(reason(row("17", "ask", "say", rating, "why"))).isEqualTo("INVALID_RATING");
  }

  @ParameterizedTest
  @CsvSource({
    "3, why, NEUTRAL_RATING",
    "3.0, , NEUTRAL_RATING",
    "1, , LOW_RATING_WITHOUT_COMMENT",
    "2, , LOW_RATING_WITHOUT_COMMENT",
    "2, '  ', LOW_RATING_WITHOUT_COMMENT"
  })
  void rejectsNeutralRatingsAndLowOnesWithoutComment(
      String rating, @Nullable String comment, String reason) {
    assertThat(reason(row("17", "ask", "say", rating, comment))).isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2", "1.0", "2.00"})
  void waitsForTheImprovementOfLowRatedRowsWithComment(String rating) {
    RowOutcome outcome = RECORDS.judge(row("17", "ask", "say", rating, "why"));

    assertThat(outcome).isInstanceOf(RowOutcome.Waiting.class);
    RowOutcome.Waiting waiting = (RowOutcome.Waiting) outcome;
    assertThat(FeedbackRecords.improved(waiting, "better").line().turns())
        .containsExactly(Turn.user("ask"), Turn.model("better"));
    assertThat(FeedbackRecords.improved(waiting, "better").id()).isEqualTo("feedback:17");
    RejectedRecord rejected = FeedbackRecords.notImproved(waiting, 0);
    assertThat(rejected.reason()).isEqualTo(RejectionReason.IMPROVEMENT_MISSING);
    assertThat(rejected.contentHash()).hasSize(32);
    assertThat(rejected.location()).isEqualTo("feedback row 17");
    assertThat(rejected.detail()).isEqualTo("The rating is 1 or 2 and no improvement has this id.");
    assertThat(FeedbackRecords.notImproved(waiting, 2).detail())
        .isEqualTo(
            "The rating is 1 or 2 and no improvement is for this version of the row; improvements"
                + " for other versions: 2.");
  }

  @Test
  void namesColumnsThatHoldJsonObjects() {
    FeedbackRow prompt = new FeedbackRow("17", "u", "{}", "say", "4", null, null, 0b100);
    FeedbackRow several = new FeedbackRow("[1]", "u", "{}", "say", "x", null, null, 0b101);
    FeedbackRow incomplete = new FeedbackRow("17", "u", "{}", null, "4", null, null, 0b100);

    assertThat(rejected(prompt).reason()).isEqualTo(RejectionReason.SCHEMA_VIOLATION);
    assertThat(rejected(prompt).detail())
        .isEqualTo(
            "A field has another type or shape than the schema's: the column question holds a JSON"
                + " object or array.");
    assertThat(rejected(several).detail())
        .endsWith(
            ": the column id holds a JSON object or array, the column question holds a JSON object"
                + " or array.");
    assertThat(rejected(several).location()).isEqualTo("feedback row without id");
    assertThat(rejected(several).id()).isEqualTo("feedback:" + several.basis());
    assertThat(rejected(incomplete).reason()).isEqualTo(RejectionReason.MISSING_FIELD);
  }

  @ParameterizedTest
  @CsvSource({
    ", ask, say, id",
    "'  ', ask, say, id",
    "17, , say, prompt",
    "17, ' ', say, prompt",
    "17, ask, , response",
    "17, ask, '', response",
    "17, , , 'prompt, response'"
  })
  void namesRequiredFieldsThatAreMissing(
      @Nullable String id, @Nullable String prompt, @Nullable String response, String names) {
    RejectedRecord rejected = rejected(row(id, prompt, response, null, null));

    assertThat(rejected.reason()).isEqualTo(RejectionReason.MISSING_FIELD);
    assertThat(rejected.detail())
        .isEqualTo("A required field is absent, null or blank: " + names + ".");
    assertThat(rejected.stage()).isEqualTo("read");
    assertThat(rejected.source()).isEqualTo("feedback");
    assertThat(rejected.duplicateOf()).isNull();
  }

  @Test
  void givesRowsWithoutIdTheHashOfTheirFields() {
    RejectedRecord one = rejected(row(null, "ask", "say", "4", null));
    RejectedRecord same = rejected(row(null, "ask", "say", "4", null));
    RejectedRecord other = rejected(row(null, "asks", "ay", "4", null));
    RejectedRecord empty = rejected(row(null, "ask", "say", "4", ""));

    assertThat(one.id()).matches("feedback:[0-9a-f]{32}").isEqualTo(same.id());
    assertThat(one.id()).isNotEqualTo(other.id()).isNotEqualTo(empty.id());
    assertThat(one.location()).isEqualTo("feedback row without id");
  }

  @Test
  void measuresTheMappedColumnsAsUtf8() {
    String createdAt = "2026-01-02T03:04:05Z";
    int others = "17".length() + "u1".length() + "4".length() + createdAt.length();
    String fits = "ü".repeat((100 - others - 1) / 2);

    int bytes = others + 2 * fits.length() + 1;
    String fill = "s".repeat(1 + 100 - bytes);
    assertThat(RECORDS.judge(row("17", fits, fill, "4", null))).isInstanceOf(RowOutcome.Kept.class);
    RejectedRecord rejected = rejected(row("17", fits, fill + "s", "4", null));
    assertThat(rejected.reason()).isEqualTo(RejectionReason.RECORD_TOO_LARGE);
    assertThat(rejected.detail())
        .isEqualTo("The record is larger than limits.recordBytes: 101 bytes.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud83d", "\ude00 grin", "\ude00\ud83d", "a\ud83d\ud83d\ude00"})
  void refusesHalvesOfSurrogatePairs(String text) {
    assertThat(reason(row("17", text, "say", "4", null))).isEqualTo("INVALID_ENCODING");
    assertThat(rejected(row(text, "ask", "say", "4", null)).id()).matches("feedback:[0-9a-f]{32}");
  }

  @Test
  void keepsWholeSurrogatePairsAndZeroCharacters() {
    assertThat(RECORDS.judge(row("17", "\ud83d\ude00 \0", "say", "4", null)))
        .isInstanceOf(RowOutcome.Kept.class);
  }

  @Test
  void refusesTimesThatAreNotIso() {
    FeedbackRow row = new FeedbackRow("17", null, "ask", "say", "9", null, "yesterday", 0);

    assertThat(reason(row)).isEqualTo("SCHEMA_VIOLATION");
    assertThat(rejected(row).detail())
        .isEqualTo(
            "A field has another type or shape than the schema's: createdAt, expected an ISO-8601"
                + " time such as 2024-03-01T10:00:30+01:00.");
  }

  @Test
  void takesBlankGroupsAndTimesForNone() {
    FeedbackRow row = new FeedbackRow("17", " ", "ask", "say", "4", null, " ", 0);

    Example example = ((RowOutcome.Kept) RECORDS.judge(row)).example();
    assertThat(example.group()).isNull();
    assertThat(example.createdAt()).isEqualTo(Example.NO_TIME);
  }

  @Test
  void countsTheFirstFaultOnly() {
    String large = "x".repeat(101);
    assertThat(reason(row(null, large + "\ud83d", null, "9", null))).isEqualTo("RECORD_TOO_LARGE");
    assertThat(reason(row(null, "\ud83d", null, "9", null))).isEqualTo("INVALID_ENCODING");
    assertThat(reason(new FeedbackRow("1", null, null, "say", "9", null, "x", 0)))
        .isEqualTo("MISSING_FIELD");
  }

  @Test
  void neverQuotesTheRecord() {
    RejectedRecord rejected = rejected(row("17", "my secret", "say", "9", "my secret"));

    assertThat(rejected.toString()).doesNotContain("secret");
  }

  private static FeedbackRow row(
      @Nullable String id,
      @Nullable String prompt,
      @Nullable String response,
      @Nullable String rating,
      @Nullable String comment) {
    return new FeedbackRow(id, "u1", prompt, response, rating, comment, "2026-01-02T03:04:05Z", 0);
  }

  private static RejectedRecord rejected(FeedbackRow row) {
    RowOutcome outcome = RECORDS.judge(row);
    assertThat(outcome).isInstanceOf(RowOutcome.Rejected.class);
    return ((RowOutcome.Rejected) outcome).rejected();
  }

  private static String reason(FeedbackRow row) {
    return rejected(row).reason().name();
  }
}
