package dev.attune.launcher.evaluation.fair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.config.OutputFormat;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.ExitCode;
import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.evaluation.TicketDataset;
import dev.attune.launcher.evaluation.question.Question;
import dev.attune.launcher.evaluation.question.Questions;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.ledger.LedgerKind;
import dev.attune.place.Place;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Turn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FairQuestionsTest {
  private static final List<String> CATEGORIES = List.of("hats", "gloves");
  private static final ExampleLine OTHER = TicketDataset.example("Something else", "hats");

  @TempDir private Path folder;

  private TestShell shell;
  private Ledger ledger;
  private final List<ExampleLine> validation =
      List.of(example("My cap is too small"), example("Mittens?"), example("Where is my hat"));

  @BeforeEach
  void open() throws Exception {
    shell = new TestShell(folder);
    ledger = LedgerKind.H2.open(folder, shell.shell());
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private static ExampleLine example(String prompt) {
    return TicketDataset.example(prompt, "hats");
  }

  private TicketDataset datasets() {
    return new TicketDataset(folder.resolve("datasets"));
  }

  private DatasetDirectory asked() throws Exception {
    return datasets().publish(shell.shell(), CATEGORIES, List.of(OTHER), validation);
  }

  /** A model that was tuned on these examples. */
  private ComparedModel tunedOn(TicketDataset datasets, ExampleLine... examples) throws Exception {
    List<ExampleLine> training = new ArrayList<>(List.of(examples));
    training.add(OTHER);
    DatasetDirectory dataset =
        datasets.publish(
            shell.shell(), CATEGORIES, training, List.of(example("Only asked, never learnt")));
    ledger.datasets().enter(dataset);
    return new ComparedModel("the champion c-1", dataset.fingerprint());
  }

  private FairQuestions select(ComparedModel... models) throws Exception {
    return select(asked(), models);
  }

  private FairQuestions select(DatasetDirectory dataset, ComparedModel... models) throws Exception {
    return FairQuestions.select(
        dataset,
        Questions.read(dataset, shell.shell()),
        List.of(models),
        ledger.datasets(),
        shell.shell());
  }

  private static List<String> prompts(FairQuestions fair) {
    return fair.questions().stream()
        .map(Question::example)
        .map(example -> example.turns().get(0).text())
        .toList();
  }

  @Test
  void leavesOutTheVeryLinesThatAModelWasTunedOn() throws Exception {
    FairQuestions fair = select(tunedOn(datasets(), validation.get(0), validation.get(2)));

    assertThat(prompts(fair)).containsExactly("Mittens?");
    assertThat(fair.unfair()).isEqualTo(2);
    assertThat(fair.notes(1))
        .containsExactly(
            "Of 3 validation examples 2 were used to tune the champion c-1: these are neither asked"
                + " nor counted.");
    assertThat(fair.notes(30))
        .containsExactly(
            "Only 1 example is left to ask, fewer than evaluation.minimumExamples (30): of 3"
                + " validation examples 2 were used to tune the champion c-1.");
  }

  @Test
  void knowsAnExampleByItsIdWhateverBecameOfItsText() throws Exception {
    DatasetDirectory asked =
        datasets()
            .ids(example -> "feedback:" + example.turns().get(0).text().charAt(0))
            .publish(shell.shell(), CATEGORIES, List.of(OTHER), validation);
    // W as in: Where is my hat.
    ComparedModel champion =
        tunedOn(
            datasets().ids(example -> "feedback:" + (example.equals(OTHER) ? "x" : "W")),
            example("Whereabouts of [name]'s head wear"));

    assertThat(prompts(select(asked, champion))).containsExactly("My cap is too small", "Mittens?");
  }

  @Test
  void knowsAnExampleByItsPromptInAnotherFormatWithAnotherIdAndInstruction() throws Exception {
    ComparedModel champion =
        tunedOn(
            datasets().format(OutputFormat.OPENAI).ids(example -> "observations:other"),
            new ExampleLine(
                "Another instruction.",
                List.of(Turn.user("  WHERE is  my hat?"), Turn.model("gloves"))));

    assertThat(prompts(select(champion))).containsExactly("My cap is too small", "Mittens?");
  }

  @Test
  void countsAnExampleOnceThatTwoModelsWereTunedOn() throws Exception {
    ComparedModel first = tunedOn(datasets(), validation.get(0), validation.get(1));
    ComparedModel second = tunedOn(datasets(), validation.get(1));

    FairQuestions fair = select(first, new ComparedModel("the model m-1", second.dataset()));

    assertThat(prompts(fair)).containsExactly("Where is my hat");
    assertThat(fair.unfair()).isEqualTo(2);
    assertThat(fair.notes(1).get(0))
        .contains("2 were used to tune the champion c-1 and 1 was used to tune the model m-1");
  }

  @Test
  void asksWhatWasInTheOtherValidation() throws Exception {
    DatasetDirectory other =
        datasets().publish(shell.shell(), CATEGORIES, List.of(example("New")), validation);
    ledger.datasets().enter(other);

    FairQuestions fair = select(new ComparedModel("the champion c-1", other.fingerprint()));

    assertThat(fair.questions()).hasSize(3);
    assertThat(fair.notes(1)).isEmpty();
  }

  /** Neither needs to be read: the split of both is this one. */
  @Test
  void readsNothingWhereTheSplitIsTheSame() throws Exception {
    ComparedModel champion = tunedOn(datasets(), example("New"));
    DatasetDirectory before =
        DatasetDirectory.open(
            ledger.datasets().find(champion.dataset()).orElseThrow().directory(), shell.shell());
    Files.delete(before.train().local());
    DatasetDirectory built =
        datasets()
            .previousDataset(before)
            .publish(shell.shell(), CATEGORIES, List.of(OTHER), validation);

    FairQuestions fair =
        select(built, champion, new ComparedModel("the model m-1", built.fingerprint()));

    assertThat(fair.questions()).hasSize(3);
    assertThat(fair.uncertain()).isEmpty();
  }

  @Test
  void saysWhereItCannotBeTold() throws Exception {
    ComparedModel champion = tunedOn(datasets(), validation.get(0), validation.get(1));
    Path directory = ledger.datasets().find(champion.dataset()).orElseThrow().directory().local();
    Files.writeString(directory.resolve("train.jsonl"), "changed\n");
    String shown = shell.shell().show(directory);

    FairQuestions changed = select(champion);

    // The lineage still tells.
    assertThat(prompts(changed)).containsExactly("Where is my hat");
    assertThat(changed.notes(1))
        .containsExactly(
            "Of 3 validation examples 2 were used to tune the champion c-1: these are neither asked"
                + " nor counted.",
            "It is not certain which examples were used to tune the champion c-1: "
                + shown
                + "/train.jsonl is not what its manifest says, so that only those that were found"
                + " are left out.");

    Files.delete(directory.resolve("manifest.json"));
    FairQuestions gone = select(champion);
    assertThat(gone.questions()).hasSize(3);
    assertThat(gone.notes(1))
        .containsExactly(
            "It is not certain which examples were used to tune the champion c-1: "
                + shown
                + " is gone, so no question is left out because of this model.");

    assertThat(select(new ComparedModel("the champion c-2", "sha256:" + "0".repeat(64))).notes(1))
        .containsExactly(
            "It is not certain which examples were used to tune the champion c-2: the ledger does"
                + " not say where its dataset is, so no question is left out because of this"
                + " model.");
  }

  @Test
  void takesTheCopyOfADatasetThatIsWhole() throws Exception {
    ComparedModel champion = tunedOn(datasets(), validation.get(0));
    Path directory = ledger.datasets().find(champion.dataset()).orElseThrow().directory().local();
    Path copy = Files.createDirectories(folder.resolve("copy"));
    for (String file : List.of("manifest.json", "train.jsonl", "valid.jsonl", "lineage.jsonl")) {
      Files.copy(directory.resolve(file), copy.resolve(file));
    }
    ledger.datasets().enter(DatasetDirectory.open(Place.of(copy), shell.shell()));
    Files.delete(directory.resolve("train.jsonl"));

    FairQuestions fair = select(champion);

    assertThat(fair.questions()).hasSize(2);
    assertThat(fair.uncertain()).isEmpty();
  }

  @Test
  void refusesAnEvaluationWithoutQuestions() throws Exception {
    DatasetDirectory asked = asked();
    FairQuestions fair = select(asked, tunedOn(datasets(), validation.toArray(new ExampleLine[0])));

    assertThatThrownBy(() -> fair.requireSome(asked.path(), shell.shell()))
        .isInstanceOfSatisfying(
            CommandFailure.class,
            failure -> assertThat(failure.code().exit()).isEqualTo(ExitCode.REFUSED))
        .hasMessage(
            "No validation example of "
                + shell.shell().show(asked.path())
                + " may be asked: of all 3, 3 were used to tune the champion c-1. Prepare a dataset"
                + " with --previous and the dataset of that model, which keeps its split, or leave"
                + " that model out with --against.");
  }
}
