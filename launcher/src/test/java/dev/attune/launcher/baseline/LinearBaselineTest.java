package dev.attune.launcher.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.config.TuningConfig.Hyperparameters;
import dev.attune.launcher.baseline.TrainingExamples.Labelled;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Turn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinearBaselineTest {
  private static final Hyperparameters TOLD = new Hyperparameters(3, 4, 1.0);
  private static final Categories SUBJECTS = new Categories(Published.SUBJECTS);

  private static TrainingExamples examples(Categories categories, List<ExampleLine> lines) {
    List<Labelled> examples = new ArrayList<>();
    for (ExampleLine line : lines) {
      examples.add(
          new Labelled(PromptWords.of(line), categories.named(line.answer()).orElseThrow()));
    }
    return new TrainingExamples(examples, 0);
  }

  private static LinearBaseline train(Categories categories, List<ExampleLine> lines) {
    return LinearBaseline.train(
        examples(categories, lines), categories, TOLD, () -> false, epoch -> {});
  }

  private static String ask(LinearBaseline baseline, String prompt) {
    return baseline.answer(PromptWords.of(Published.example(prompt, "unasked")));
  }

  private static List<ExampleLine> ofSeveral() {
    List<ExampleLine> lines = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      lines.add(Published.example("the card number " + i + " is lost", "card"));
      lines.add(Published.example("the cash number " + i + " is lost", "cash"));
      lines.add(Published.example("a fee for the card and cash number " + i, "fee, card, cash"));
    }
    return lines;
  }

  @Test
  void namesTheOneCategoryOfAText() {
    LinearBaseline baseline = train(SUBJECTS, Published.questions(300));
    assertThat(ask(baseline, "MY CARD?!")).isEqualTo("card");
    assertThat(ask(baseline, "what happened to the cash")).isEqualTo("cash");
    assertThat(ask(baseline, "ﬀ ＦＥＥ")).isEqualTo("fee");
  }

  @Test
  void namesSeveralCategoriesInTheOrderOfTheTaxonomy() {
    LinearBaseline baseline = train(SUBJECTS, ofSeveral());
    assertThat(ask(baseline, "the card is lost")).isEqualTo("card");
    assertThat(ask(baseline, "a fee for the cash and card")).isEqualTo("fee, card, cash");
  }

  @Test
  void namesOneAtLeastWhateverItIsAsked() {
    for (List<ExampleLine> lines : List.of(Published.questions(300), ofSeveral())) {
      LinearBaseline baseline = train(SUBJECTS, lines);
      for (String prompt : List.of("…", "完全に 未知", "zyx", "\uD800 half a pair")) {
        assertThat(Published.SUBJECTS).contains(ask(baseline, prompt).split(", "));
      }
    }
  }

  @Test
  void trainsWhereThereIsOneExampleOfOneCategory() {
    LinearBaseline baseline = train(SUBJECTS, List.of(Published.example("card", "card")));
    assertThat(ask(baseline, "anything")).isEqualTo("card");
    LinearBaseline several = train(SUBJECTS, List.of(Published.example("?", "fee, other")));
    assertThat(ask(several, "anything")).isEqualTo("fee, other");
  }

  @Test
  void knowsCategoriesByTheirPlaceSoThatAnyIdWill() {
    List<String> ids = List.of("a, b", "a", "b", "##UNKNOWN##", "MULTILABEL,x");
    Categories categories = new Categories(ids);
    List<ExampleLine> lines = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      lines.add(Published.example("first " + i, "a, b"));
      lines.add(Published.example("fourth " + i, "##UNKNOWN##"));
      lines.add(Published.example("fifth " + i, "MULTILABEL,x"));
    }
    LinearBaseline baseline = train(categories, lines);
    assertThat(ask(baseline, "first")).isEqualTo("a, b");
    assertThat(ask(baseline, "fourth")).isEqualTo("##UNKNOWN##");
    assertThat(ask(baseline, "fifth")).isEqualTo("MULTILABEL,x");
  }

  @Test
  void answersTheSameAgainAndAfterItWasSaved(@TempDir Path folder) throws Exception {
    for (List<ExampleLine> lines : List.of(Published.questions(600), ofSeveral())) {
      LinearBaseline first = train(SUBJECTS, lines);
      LinearBaseline second = train(SUBJECTS, lines);
      Path file = folder.resolve("model");
      first.save(file);
      LinearBaseline loaded = LinearBaseline.load(file, SUBJECTS);
      for (ExampleLine line : Published.questions(200)) {
        String answer = first.answer(PromptWords.of(line));
        assertThat(second.answer(PromptWords.of(line))).isEqualTo(answer);
        assertThat(loaded.answer(PromptWords.of(line))).isEqualTo(answer);
      }
    }
  }

  @Test
  void tellsWhichEpochItIs() {
    NavigableSet<Integer> epochs = new TreeSet<>();
    LinearBaseline baseline =
        LinearBaseline.train(
            examples(SUBJECTS, Published.questions(600)), SUBJECTS, TOLD, () -> false, epochs::add);
    assertThat(ask(baseline, "MY CARD?!")).isEqualTo("card");
    assertThat(epochs).containsExactly(1, 2, 3);
  }

  @Test
  void stopsWhenItIsTold() {
    AtomicInteger asked = new AtomicInteger();
    TrainingExamples examples = examples(SUBJECTS, Published.questions(600));
    assertThatThrownBy(
            () ->
                LinearBaseline.train(
                    examples,
                    SUBJECTS,
                    new Hyperparameters(Integer.MAX_VALUE, 4, 1.0),
                    () -> asked.incrementAndGet() == 20,
                    epoch -> {}))
        .isInstanceOf(CancellationException.class);
    assertThat(asked).hasValue(20);
  }

  @Test
  void looksAtTheWholeConversationButItsAnswer() {
    ExampleLine example =
        new ExampleLine(
            "Instruct me.",
            List.of(
                new Turn(dev.attune.schema.Role.USER, "My Card,", List.of("gs://b/photo.png")),
                Turn.model("can't say"),
                Turn.user("and 3.5 fees"),
                Turn.model("card")));
    assertThat(PromptWords.of(example))
        .containsExactly("my", "card", "can't", "say", "and", "3.5", "fees");
    assertThat(NGrams.count(List.of("my", "card", "my", "card")))
        .isEqualTo(
            java.util.Map.of(" my", 1, "card", 2, "card ", 1, "card my", 1, "my", 2, "my card", 2));
  }

  @Test
  void looksAtTheBeginOfALongText() {
    assertThat(PromptWords.of(Published.example("word ".repeat(5_000), "card")))
        .hasSize(PromptWords.LIMIT);
  }

  @Test
  void keepsTheMostFrequentNGramsWhereThereAreTooMany() {
    List<List<String>> texts = List.of(List.of("b", "a"), List.of("b"), List.of("c"));
    Vocabulary vocabulary = Vocabulary.learn(texts, 2);
    List<String> known = new ArrayList<>();
    vocabulary
        .example(List.of("a", "b", "c"), new org.tribuo.classification.Label("x"))
        .forEach(feature -> known.add(feature.getName()));
    // "b" and " b" stand in two texts; a lone space is in every text.
    assertThat(known).containsExactly(" ", "b");
  }

  @Test
  void readsAnswersAsTheyAreWritten() {
    Categories categories = new Categories(List.of("a", "b", "a, b", "c, d"));
    assertThat(categories.named("a")).contains(new TreeSet<>(List.of(0)));
    assertThat(categories.named("b, a")).contains(new TreeSet<>(List.of(0, 1)));
    assertThat(categories.named("a, b")).contains(new TreeSet<>(List.of(2)));
    assertThat(categories.named("a, c, d")).contains(new TreeSet<>(List.of(0, 3)));
    assertThat(categories.answer(new TreeSet<>(List.of(3, 0)))).isEqualTo("a, c, d");
    for (String none : List.of("", "a,", "a, ", ", a", "d", "a,b", "c")) {
      assertThat(categories.named(none)).as(none).isEmpty();
    }
  }
}
