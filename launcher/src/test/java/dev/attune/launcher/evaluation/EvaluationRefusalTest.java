package dev.attune.launcher.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.ExitCode;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.evaluation.document.ContestantRole;
import dev.attune.launcher.evaluation.document.EvaluationReport;
import dev.attune.launcher.evaluation.question.AskException;
import dev.attune.launcher.evaluation.question.ModelOpener;
import dev.attune.launcher.ledger.Job;
import dev.attune.schema.CanonicalJson;
import dev.attune.schema.SchemaFile;
import java.nio.file.Files;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is left out, what fails, what is refused, and what it costs. */
class EvaluationRefusalTest extends EvaluationOfTickets {
  /** Counted, they would be: a model cannot beat one that knows half of the answers by heart. */
  @Test
  void neitherAsksNorCountsWhatTheChampionWasTunedOn() throws Exception {
    DatasetDirectory other = new Tickets(folder).publishTunedOn(shell.shell(), 20, EXAMPLES);
    ledger.datasets().enter(other);
    Job champion = Tickets.tuned(ledger, other, 1);
    Tickets.promote(ledger, champion);
    Job job = Tickets.tuned(ledger, dataset, 1);
    Oracle asked = answers(job, Tickets::truth);
    Oracle again = answers(champion, prompt -> "hats");

    EvaluationResult evaluated = run(job.id(), BOTH);

    assertThat(asked.asked())
        .hasSize(10)
        .allMatch(prompt -> Integer.parseInt(prompt.split(" ", -1)[1]) >= 20);
    assertThat(again.asked()).hasSameElementsAs(asked.asked());
    EvaluationReport report = evaluated.report();
    assertThat(report.title().examples()).isEqualTo(10);
    assertThat(report.title().unfair()).isEqualTo(20);
    assertThat(report.model().figures().category("hats").orElseThrow().support()).isEqualTo(3);
    assertThat(report.notes())
        .containsExactly(
            "Only 10 examples are left to ask, fewer than evaluation.minimumExamples (30): of 30"
                + " validation examples 20 were used to tune the champion "
                + champion.id()
                + ".",
            "Only 10 examples were asked: the intervals are wide, and a small gain says little.");
    byte[] json = Files.readAllBytes(evaluated.files().json().local());
    assertThat(SchemaFile.EVALUATION.validate(CanonicalJson.read(json))).isEmpty();
    assertThat(CanonicalJson.read(json).path("unfair").asInt()).isEqualTo(20);
    // Compared with its base alone, it is asked for all of them.
    assertThat(run(job.id(), EnumSet.of(ContestantRole.BASE)).report().title().examples())
        .isEqualTo(EXAMPLES);
  }

  @Test
  void refusesWhereEveryExampleWasUsedForTuning() throws Exception {
    DatasetDirectory other = new Tickets(folder).publishTunedOn(shell.shell(), EXAMPLES, EXAMPLES);
    ledger.datasets().enter(other);
    Job champion = Tickets.tuned(ledger, other, 1);
    Tickets.promote(ledger, champion);
    Job job = Tickets.tuned(ledger, dataset, 1);
    Oracle oracle = answers(job, Tickets::truth);

    assertThatThrownBy(() -> run(job.id(), BOTH))
        .isInstanceOfSatisfying(
            CommandFailure.class,
            failure -> assertThat(failure.code().exit()).isEqualTo(ExitCode.REFUSED))
        .hasMessageContaining(
            "may be asked: of all 30, 30 were used to tune the champion " + champion.id());
    assertThat(oracle.asked()).isEmpty();
  }

  @Test
  void countsAQuestionThatFailsAsAnInvalidAnswer() throws Exception {
    Job job = Tickets.tuned(ledger, dataset, 1);
    Oracle oracle =
        new Oracle(
            "local:" + job.id(),
            true,
            (prompt, number) -> {
              if (prompt.contains(" 4 ") || prompt.contains(" 7 ")) {
                throw AskException.ofQuestion("blocked: SAFETY", "It was blocked.", null);
              }
              return Tickets.truth(prompt);
            });
    oracles.put("endpoints/" + job.id(), oracle);

    EvaluationResult evaluated = run(job.id(), Set.of());

    EvaluationReport report = evaluated.report();
    assertThat(report.model().figures().invalidShare().value()).isEqualTo(2.0 / EXAMPLES);
    assertThat(report.model().figures().accuracy().value()).isEqualTo(28.0 / EXAMPLES);
    assertThat(report.notes())
        .contains(
            "The model "
                + job.id()
                + " failed 2 questions for good, counted as invalid answers: blocked: SAFETY (2).");
    byte[] json = Files.readAllBytes(evaluated.files().json().local());
    assertThat(SchemaFile.EVALUATION.validate(CanonicalJson.read(json))).isEmpty();
    assertThat(CanonicalJson.read(json).at("/model/failed/blocked: SAFETY").asInt()).isEqualTo(2);
    assertThat(Files.readString(evaluated.files().page().local())).contains("blocked: SAFETY (2)");

    EvaluationResult again = run(job.id(), Set.of());
    assertThat(oracle.asked()).hasSize(EXAMPLES);
    assertThat(again.id()).isEqualTo(evaluated.id());
  }

  @Test
  void saysWhatHostedModelsCostAndKeepsToTheCap() throws Exception {
    prices("2000", "10000");
    Job job = Tickets.tuned(ledger, dataset, 1);
    Oracle oracle = answers(job, Tickets::truth);

    assertThatThrownBy(() -> run(job.id(), Set.of(), 0.5))
        .isInstanceOfSatisfying(
            CommandFailure.class,
            failure -> assertThat(failure.code().exit()).isEqualTo(ExitCode.REFUSED))
        .hasMessage(
            "The evaluation (30 questions to 1 hosted model, 570 input and 290 output tokens) is"
                + " estimated at US$ 6.06, above the cost cap of US$ 0.5: raise the cap"
                + " (--max-cost, or the lower of tuning.maxCostUsd and spending.maxCostUsd), or"
                + " compare with fewer models (--against of attune evaluate).");
    assertThat(oracle.asked()).isEmpty();

    run(job.id(), Set.of(), 10.0);
    assertThat(shell.err().get(0))
        .startsWith("The evaluation (30 questions to 1 hosted model, ")
        .contains(" is estimated at US$ ");
    // All of it is answered: a smaller cap holds nothing back.
    assertThat(run(job.id(), Set.of(), 0.0).report().title().examples()).isEqualTo(EXAMPLES);
  }

  @Test
  void saysWhereThePriceOfAskingIsNotKnown() throws Exception {
    Job job = Tickets.tuned(ledger, dataset, 1);
    answers(job, Tickets::truth);

    run(job.id(), Set.of(), 0.0);

    assertThat(shell.err().get(0)).endsWith("; its cost is unknown.");
    assertThat(shell.err().get(1))
        .isEqualTo(
            "Warning: The price of asking model "
                + job.id()
                + " is unknown and not part of the cost of the evaluation: add it as askingPrice to"
                + " the file of tuning.baseModels.");
  }

  @Test
  void evaluatesTheBaseByItself() throws Exception {
    EvaluationReport report = run("base", BOTH).report();

    assertThat(report.model().id()).isEqualTo("linear-baseline");
    assertThat(report.rivals()).isEmpty();
    assertThat(report.notes())
        .contains("No model of tickets is in use yet, so there is no champion to compare with.");
  }

  @Test
  void takesTheBeginningOfAnId() throws Exception {
    Job job = Tickets.tuned(ledger, dataset, 1);

    assertThat(run(job.id().substring(0, 5), Set.of()).report().model().id()).isEqualTo(job.id());
  }

  @Test
  void takesWhatTheEnvFileNames() throws Exception {
    Job job = Tickets.tuned(ledger, dataset, 1);

    assertThat(run("local:" + job.id(), Set.of()).report().model().id()).isEqualTo(job.id());
  }

  @Test
  void refusesWhatIsNoModel() throws Exception {
    Job one = Tickets.tuned(ledger, dataset, 1);
    Job two = Tickets.tuned(ledger, dataset, 2);
    Job begun = Tickets.begun(ledger, dataset.fingerprint(), 3);

    String known = ": the ledger has " + two.id() + ", " + one.id() + "; attune models lists them.";
    assertRefused("zzz", "There is no model zzz" + known);
    assertRefused("", "The name of the model is empty: give a model that attune models lists.");
    assertRefused(
        "champion", "No model of tickets is in use yet: give a model that attune models lists.");
    assertRefused(
        begun.id(),
        "The job "
            + begun.id()
            + " is CREATING and has no model: wait for it with attune watch "
            + begun.id()
            + ".");
  }

  @Test
  void refusesADatasetThatCannotBeEvaluated() throws Exception {
    Job job = Tickets.tuned(ledger, dataset, 1);
    String shown = shell.shell().show(dataset.path());

    Files.writeString(dataset.valid().local(), "changed");
    assertRefused(
        job.id(),
        shown
            + "/valid.jsonl differs from manifest.json: it was changed after it was published;"
            + " remove the folder of the dataset and prepare it again.");
    Files.delete(dataset.valid().local());
    assertRefused(
        job.id(),
        shown + "/valid.jsonl is missing: remove the folder of the dataset and prepare it again.");
    dataset = new Tickets(folder).publish(shell.shell(), 0);
    assertRefused(
        job.id(),
        shell.shell().show(dataset.path())
            + " has no validation example: raise split.validation and prepare it again.");
    dataset =
        new TicketDataset(folder.resolve("build/datasets"))
            .task("conversation")
            .publish(
                shell.shell(),
                List.of(),
                List.of(),
                List.of(TicketDataset.example("How are you?", "Fine.")));
    assertRefused(
        job.id(),
        shell.shell().show(dataset.path())
            + " is a conversation dataset, whose answers have no categories to count: evaluate"
            + " a classification dataset.");
  }

  @Test
  void refusesATaxonomyThatIsNotTheDatasetsBeforeAnybodyIsAsked() throws Exception {
    Job job = Tickets.tuned(ledger, dataset, 1);
    Oracle oracle = answers(job, Tickets::truth);
    Files.writeString(folder.resolve("wear.json"), "[\"hats\", \"gloves\"]");

    assertRefused(
        job.id(),
        "The taxonomy wear.json has no category shoes, which "
            + shell.shell().show(dataset.path())
            + " has: evaluate with the taxonomy that the dataset was prepared with.");
    assertThat(oracle.asked()).isEmpty();
  }

  @Test
  void refusesAModelThatCannotBeOpened() throws Exception {
    Job job = Tickets.tuned(ledger, dataset, 1);
    ModelOpener none =
        address -> {
          throw new AskException(false, "The model's file is gone: tune again.", null);
        };

    assertThatThrownBy(
            () ->
                new EvaluationRun(config, ledger, none, QUICK, shell.shell())
                    .run(new EvaluationOrder(job.id(), dataset, BOTH)))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("The model's file is gone: tune again.");
  }
}
