package dev.attune.pipeline.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.config.CurationRules.QualityRule;
import dev.attune.config.Task;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.example.Quality;
import dev.attune.pipeline.example.RejectionReason;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.rejection.Verdict;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Turn;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScoringTest {
  private static final QualityRule SEVEN = new QualityRule(70, List.of("generated"));

  /** Too short and unfinished: 4.0. */
  private static final String BAD = "no";

  /** Nothing for or against it: 7.0. */
  private static final String FAIR =
      "The dog went over the bridge because it had seen a cat on the other side.";

  @Test
  void scoresTheAnswerOfAConversation() {
    var scoring = new Scoring(SEVEN, Task.CONVERSATION);
    assertThat(scoring.score(generated(null, BAD, FAIR, BAD)))
        .isEqualTo(tooLow("quality 4.0 is below 7.0"));
    Example good = generated(null, BAD, BAD, FAIR);
    assertThat(scoring.score(good))
        .isEqualTo(new Verdict.Kept(good.scored(new Quality(70, 0, false))));
  }

  @Test
  void scoresThePromptOfAClassification() {
    var scoring = new Scoring(SEVEN, Task.CLASSIFICATION);
    assertThat(scoring.score(generated(null, BAD, FAIR, FAIR)))
        .isEqualTo(tooLow("quality 4.0 is below 7.0"));
    Example good = generated(null, FAIR, BAD, BAD);
    assertThat(scoring.score(good))
        .isEqualTo(new Verdict.Kept(good.scored(new Quality(70, 0, false))));
  }

  @Test
  void keepsAQualityThatIsBrought() {
    var scoring = new Scoring(SEVEN, Task.CONVERSATION);
    Example good = generated(new Quality(70, 0, true), BAD, BAD, BAD);
    assertThat(scoring.score(good)).isEqualTo(new Verdict.Kept(good));
    assertThat(scoring.score(generated(new Quality(69, 0, true), FAIR, FAIR, FAIR)))
        .isEqualTo(tooLow("quality 6.9 is below 7.0"));
  }

  @Test
  void changesNothingTheSecondTime() {
    var scoring = new Scoring(SEVEN, Task.CONVERSATION);
    var once = (Verdict.Kept) scoring.score(generated(null, BAD, BAD, FAIR));
    assertThat(scoring.score(once.example())).isEqualTo(once);
  }

  @Test
  void leavesSourcesAloneThatAreNotScored() {
    var scoring = new Scoring(new QualityRule(100, List.of("feedback")), Task.CONVERSATION);
    Example bad = generated(null, BAD, BAD, BAD);
    assertThat(scoring.score(bad)).isEqualTo(new Verdict.Kept(bad));
    Example brought = generated(new Quality(0, 0, true), BAD, BAD, BAD);
    assertThat(scoring.score(brought)).isEqualTo(new Verdict.Kept(brought));
    assertThat(scoring.score(example(SourceName.FEEDBACK, null, BAD, BAD, FAIR)))
        .isEqualTo(tooLow("quality 7.0 is below 10.0"));
  }

  @Test
  void takesTheFactorsAlong() {
    var scoring = new Scoring(new QualityRule(0, List.of("generated")), Task.CONVERSATION);
    var kept = (Verdict.Kept) scoring.score(generated(null, FAIR, FAIR, BAD));
    assertThat(kept.example().quality()).isEqualTo(QualityScore.of(BAD));
    assertThat(QualityScore.of(BAD).factors()).isNotZero();
  }

  /** Begins with a turn of each that must not count. */
  private static Example generated(
      @Nullable Quality quality, String lastPrompt, String first, String answer) {
    return example(SourceName.GENERATED, quality, lastPrompt, first, answer);
  }

  private static Example example(
      SourceName source,
      @Nullable Quality quality,
      String lastPrompt,
      String first,
      String answer) {
    return new Example(
        source.fullId("1"),
        source,
        "f.jsonl:1",
        null,
        null,
        Example.NO_TIME,
        new ExampleLine(
            null,
            List.of(
                Turn.user(first), Turn.model(first), Turn.user(lastPrompt), Turn.model(answer))),
        List.of(),
        quality);
  }

  private static Verdict tooLow(String detail) {
    return new Verdict.Rejected(RejectionReason.LOW_QUALITY, detail);
  }
}
