package dev.attune.pipeline.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.catalog.TokenEstimate;
import dev.attune.config.OutputFormat;
import dev.attune.config.Task;
import dev.attune.format.provider.ExampleFormats;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.example.RejectionReason;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.rejection.Verdict.Kept;
import dev.attune.pipeline.rejection.Verdict.Rejected;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Role;
import dev.attune.schema.Turn;
import dev.attune.taxonomy.Taxonomy;
import dev.attune.taxonomy.TaxonomyLoader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExampleCheckerTest {
  private static final Taxonomy DOMAINS =
      TaxonomyLoader.load(
          """
          {"categories": [
            {"id": "speaking", "name": "Speaking", "aliases": ["Talk"]},
            {"id": "hearing", "name": "Hearing, Listening"},
            {"id": "moving"}]}
          """
              .getBytes(StandardCharsets.UTF_8),
          "domains.json");

  private static final ExampleChecker CLASSIFICATION = checker(DOMAINS, Task.CLASSIFICATION, null);
  private static final ExampleChecker CONVERSATION = checker(DOMAINS, Task.CONVERSATION, null);
  private static final ExampleChecker WITHOUT_TAXONOMY = checker(null, Task.CONVERSATION, null);

  @ParameterizedTest
  @EnumSource(Task.class)
  void writesTheAnswerOfAnObservationFromItsCategories(Task task) {
    Example read = example(SourceName.OBSERVATIONS, "", "MOVING", " talk ", "speaking");
    assertThat(checker(DOMAINS, task, null).check(read))
        .isEqualTo(passed(read, "speaking, moving", "speaking", "moving"));
  }

  @ParameterizedTest
  @EnumSource(Task.class)
  void takesTheSpellingsOfAnObservationWhole(Task task) {
    Example known = example(SourceName.OBSERVATIONS, "", "hearing,listening");
    assertThat(checker(DOMAINS, task, null).check(known))
        .isEqualTo(passed(known, "hearing", "hearing"));
    assertThat(checker(DOMAINS, task, null).check(observation("talk, moving")))
        .isEqualTo(unknown("the taxonomy does not know the category 'talk, moving'"));
  }

  @ParameterizedTest
  @EnumSource(Task.class)
  void refusesAnObservationForOneUnknownCategory(Task task) {
    ExampleChecker checker = checker(DOMAINS, task, null);
    assertThat(checker.check(observation("talk", "swimming", "flying")))
        .isEqualTo(unknown("the taxonomy does not know the category 'swimming'"));
    assertThat(checker.check(observation("talk", " "))).isEqualTo(unknown("a category is blank"));
    assertThat(checker.check(observation())).isEqualTo(unknown("a category is blank"));
  }

  @ParameterizedTest
  @EnumSource(names = {"FEEDBACK", "GENERATED"})
  void writesTheAnswerOfAClassificationAsIds(SourceName source) {
    Example parts = example(source, "moving,TALK, speaking");
    assertThat(CLASSIFICATION.check(parts))
        .isEqualTo(passed(parts, "speaking, moving", "speaking", "moving"));
    Example whole = example(source, "Hearing, Listening");
    assertThat(CLASSIFICATION.check(whole)).isEqualTo(passed(whole, "hearing", "hearing"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "It shows talk. | the taxonomy does not know the category 'It shows talk.'",
        "talk, swimming | the taxonomy does not know the category 'swimming'",
        "'talk,' | a category is blank",
        "talk; moving | the taxonomy does not know the category 'talk; moving'"
      })
  void refusesAnswersOfAClassificationThatAreNoCategories(String answer, String detail) {
    for (SourceName source : List.of(SourceName.FEEDBACK, SourceName.GENERATED)) {
      assertThat(CLASSIFICATION.check(example(source, answer))).isEqualTo(unknown(detail));
    }
  }

  @Test
  void refusesUnknownListedCategoriesOfGeneratedSamples() {
    Example known = example(SourceName.GENERATED, "talk", "TALK");
    assertThat(CLASSIFICATION.check(known)).isEqualTo(passed(known, "speaking", "speaking"));
    assertThat(CLASSIFICATION.check(example(SourceName.GENERATED, "talk", "talk", "swimming")))
        .isEqualTo(unknown("the taxonomy does not know the category 'swimming'"));
    assertThat(CONVERSATION.check(example(SourceName.GENERATED, "talk", "swimming")))
        .isEqualTo(unknown("the taxonomy does not know the category 'swimming'"));
  }

  @ParameterizedTest
  @EnumSource(names = {"FEEDBACK", "GENERATED"})
  void leavesOtherAnswersOfAConversationFree(SourceName source) {
    Example free = example(source, "talk, swimming", "MOVING", "talk");
    assertThat(CONVERSATION.check(free))
        .isEqualTo(passed(free, "talk, swimming", "speaking", "moving"));
  }

  @Test
  void keepsCategoriesAsTheyAreWithoutATaxonomy() {
    Example free = example(SourceName.GENERATED, "Hello.", "B", "a", "B");
    assertThat(WITHOUT_TAXONOMY.check(free)).isEqualTo(passed(free, "Hello.", "B", "a", "B"));
    Example observed = observation("B", "a");
    assertThat(WITHOUT_TAXONOMY.check(observed)).isEqualTo(passed(observed, "B, a", "B", "a"));
  }

  @Test
  void needsATaxonomyForClassification() {
    assertThatThrownBy(() -> checker(null, Task.CLASSIFICATION, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("classification needs a taxonomy");
  }

  @Test
  void quotesAtMost64CharactersAndNoneThatControl() {
    assertThat(CLASSIFICATION.check(observation("\uD83D\uDE00".repeat(65))))
        .isEqualTo(
            unknown("the taxonomy does not know the category '" + "\uD83D\uDE00".repeat(64) + "'"));
    assertThat(CLASSIFICATION.check(observation("a\nb\u0000c\u2028d\u0085e")))
        .isEqualTo(
            unknown("the taxonomy does not know the category 'a\uFFFDb\uFFFDc\uFFFDd\uFFFDe'"));
  }

  @Test
  void refusesMediaThatTheFormatDoesNotTake() {
    Example secret = withMedia(Role.USER, "gs://b/a.png", "gs://b/secret.docx");
    assertThat(CONVERSATION.check(secret))
        .isEqualTo(
            new Rejected(
                RejectionReason.UNSUPPORTED_MEDIA,
                "the format does not take media URI 2 of turn 1"));
    assertThat(CONVERSATION.check(withMedia(Role.USER, "gs://b/a.png", "https://h/a.PDF?x")))
        .isInstanceOf(Kept.class);
    var openAi =
        new ExampleChecker(null, Task.CONVERSATION, ExampleFormats.of(OutputFormat.OPENAI), null);
    assertThat(openAi.check(withMedia(Role.USER, "gs://b/a.png"))).isInstanceOf(Rejected.class);
    assertThat(openAi.check(withMedia(Role.USER, "https://h/a.png"))).isInstanceOf(Kept.class);
  }

  @Test
  void refusesMediaInATurnOfTheModel() {
    assertThat(CONVERSATION.check(withMedia(Role.MODEL, "gs://b/a.png")))
        .isInstanceOfSatisfying(
            Rejected.class,
            refused -> assertThat(refused.reason()).isEqualTo(RejectionReason.UNSUPPORTED_MEDIA));
  }

  @ParameterizedTest
  @CsvSource({
    // System, prompt and answer; bytes in all; the tokens that these are.
    "'', '', '', 0",
    "'', a, '', 1",
    "aaa, a, '', 1",
    "aaa, a, a, 2",
    "ä, ä, '', 1",
    "€, a, '', 1",
    "€, ä, '', 2",
    "'\uD83D\uDE00', '', '', 1",
    "'\uD83D\uDE00', a, '', 2"
  })
  void countsAQuarterOfTheBytesAsTokens(String system, String prompt, String answer, int tokens) {
    Example example = conversation(system, prompt, answer);
    assertThat(TokenEstimate.of(example.line())).isEqualTo(tokens);
    assertThat(checker(null, Task.CONVERSATION, tokens).check(example)).isInstanceOf(Kept.class);
    assertThat(checker(null, Task.CONVERSATION, tokens - 1).check(example))
        .isEqualTo(
            new Rejected(
                RejectionReason.TOO_MANY_TOKENS,
                "about " + tokens + " tokens are more than " + (tokens - 1)));
    assertThat(WITHOUT_TAXONOMY.check(example)).isInstanceOf(Kept.class);
  }

  @Test
  void countsTheAnswerThatIsWritten() {
    // Seven bytes of prompt and eight of "speaking", not four of "talk".
    Example example = example(SourceName.FEEDBACK, "talk");
    assertThat(checker(DOMAINS, Task.CLASSIFICATION, 4).check(example)).isInstanceOf(Kept.class);
    assertThat(checker(DOMAINS, Task.CLASSIFICATION, 3).check(example))
        .isEqualTo(new Rejected(RejectionReason.TOO_MANY_TOKENS, "about 4 tokens are more than 3"));
  }

  @Test
  void namesTheFirstFaultInTheOrderOfTheReasons() {
    ExampleChecker strict = checker(DOMAINS, Task.CONVERSATION, 1);
    var everything =
        new ExampleLine(
            null, List.of(new Turn(Role.USER, "long enough", List.of("x")), Turn.model("")));
    Example example = observation("swimming").checked(everything, List.of("swimming"));
    assertThat(reason(strict, example)).isEqualTo(RejectionReason.UNKNOWN_CATEGORY);
    Example known = example.checked(everything, List.of("talk"));
    assertThat(reason(strict, known)).isEqualTo(RejectionReason.UNSUPPORTED_MEDIA);
    Example plain = known.checked(observation().line(), List.of("talk"));
    assertThat(reason(strict, plain)).isEqualTo(RejectionReason.TOO_MANY_TOKENS);
  }

  @ParameterizedTest
  @EnumSource(SourceName.class)
  void changesNothingTheSecondTime(SourceName source) {
    for (ExampleChecker checker : List.of(CLASSIFICATION, CONVERSATION)) {
      var once = (Kept) checker.check(example(source, "moving, talk", "moving", "talk"));
      assertThat(checker.check(once.example())).isEqualTo(once);
    }
  }

  @Test
  void survivesSerialization() throws Exception {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(CLASSIFICATION);
    }
    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      Example example = example(SourceName.FEEDBACK, "talk");
      assertThat(((ExampleChecker) in.readObject()).check(example))
          .isEqualTo(CLASSIFICATION.check(example));
    }
  }

  private static ExampleChecker checker(
      @Nullable Taxonomy taxonomy, Task task, @Nullable Integer tokenLimit) {
    return new ExampleChecker(taxonomy, task, ExampleFormats.of(OutputFormat.GEMINI), tokenLimit);
  }

  private static RejectionReason reason(ExampleChecker checker, Example example) {
    return ((Rejected) checker.check(example)).reason();
  }

  private static Kept passed(Example read, String answer, String... categories) {
    return new Kept(read.checked(read.line().withAnswer(answer), List.of(categories)));
  }

  private static Rejected unknown(String detail) {
    return new Rejected(RejectionReason.UNKNOWN_CATEGORY, detail);
  }

  private static Example observation(String... categories) {
    return example(SourceName.OBSERVATIONS, "", categories);
  }

  private static Example example(SourceName source, String answer, String... categories) {
    return new Example(
        source.fullId("1"),
        source,
        "f:1",
        null,
        null,
        Example.NO_TIME,
        new ExampleLine(null, List.of(Turn.user("prompt."), Turn.model(answer))),
        List.of(categories),
        null);
  }

  private static Example conversation(String system, String prompt, String answer) {
    return example(SourceName.FEEDBACK, answer)
        .checked(
            new ExampleLine(system, List.of(Turn.user(prompt), Turn.model(answer))), List.of());
  }

  private static Example withMedia(Role role, String... uris) {
    return example(SourceName.FEEDBACK, "a")
        .checked(
            new ExampleLine(null, List.of(new Turn(role, "q", List.of(uris)), Turn.model("a"))),
            List.of());
  }
}
