package dev.attune.launcher.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.attune.config.ConfigLoader;
import dev.attune.launcher.evaluation.document.ContestantRole;
import dev.attune.launcher.evaluation.document.EvaluationReport;
import dev.attune.launcher.evaluation.figures.CategoryFigures;
import dev.attune.launcher.evaluation.question.ModelAddress.Base;
import dev.attune.launcher.evaluation.question.ModelAddress.Tuned;
import dev.attune.launcher.ledger.Evaluations;
import dev.attune.launcher.ledger.Job;
import dev.attune.schema.CanonicalJson;
import dev.attune.schema.SchemaFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EvaluationRunTest extends EvaluationOfTickets {
  @Test
  void measuresAModelBesideItsBaseAndTheChampion() throws Exception {
    Job champion = Tickets.tuned(ledger, dataset, 1);
    Job job = Tickets.tuned(ledger, dataset, 2);
    Tickets.promote(ledger, champion);
    answers(job, Tickets::truth);
    answers(champion, prompt -> prompt.contains(" 1 ") ? "shoes, hats" : Tickets.truth(prompt));

    EvaluationResult evaluated = run(job.id(), BOTH);

    EvaluationReport report = evaluated.report();
    assertThat(report.model().figures().accuracy().value()).isEqualTo(1);
    assertThat(report.rivals())
        .extracting(rival -> rival.measured().role(), rival -> rival.measured().id())
        .containsExactly(
            tuple(ContestantRole.BASE, "linear-baseline"),
            tuple(ContestantRole.CHAMPION, champion.id()));
    // The base says hats to everything: right in a third, which is recall 1 of hats and 0 else.
    EvaluationReport.Rival base = report.rival(ContestantRole.BASE).orElseThrow();
    assertThat(base.measured().figures().accuracy().value()).isEqualTo(1.0 / 3);
    assertThat(base.gain().recall()).containsEntry("hats", 0.0).containsEntry("shoes", 1.0);
    assertThat(report.rival(ContestantRole.CHAMPION).orElseThrow().gain().accuracy().value())
        .isEqualTo(1.0 / EXAMPLES, within(1e-9));
    assertThat(opened)
        .containsExactly(
            new Tuned("local", "linear-baseline", "endpoints/" + job.id()),
            new Base("local", "linear-baseline", "local", dataset),
            new Tuned("local", "linear-baseline", "endpoints/" + champion.id()));
  }

  @Test
  void writesTwoFilesBesideTheDatasetsAndEntersThem() throws Exception {
    Job job = Tickets.tuned(ledger, dataset, 1);
    answers(job, Tickets::truth);

    EvaluationResult evaluated = run(job.id(), BOTH);

    Path expected =
        folder.resolve("build/evaluations/tickets").resolve(dataset.path().local().getFileName());
    assertThat(evaluated.files().json().local())
        .isEqualTo(expected.resolve(job.id()).resolve("evaluation.json"));
    String json = Files.readString(evaluated.files().json().local());
    String page = Files.readString(evaluated.files().page().local());
    assertThat(
            SchemaFile.EVALUATION.validate(
                CanonicalJson.read(json.getBytes(StandardCharsets.UTF_8))))
        .isEmpty();
    assertThat(json + page).doesNotContain("secret-text");
    Evaluations.Entry entry =
        ledger.evaluations().latest(job.id(), dataset.fingerprint(), "validation").orElseThrow();
    assertThat(entry.id()).isEqualTo(evaluated.id());
    assertThat(entry.figures()).isEqualTo(json);
    assertThat(entry.report()).isEqualTo(evaluated.files().page().toString());
    assertThat(expected.resolve(job.id()).toFile().list())
        .containsExactlyInAnyOrder("evaluation.json", "evaluation.html");
  }

  @Test
  void asksNothingAndEntersNothingTheSecondTime() throws Exception {
    Job job = Tickets.tuned(ledger, dataset, 1);
    Oracle oracle = answers(job, Tickets::truth);
    EvaluationResult first = run(job.id(), BOTH);
    byte[] json = Files.readAllBytes(first.files().json().local());
    byte[] page = Files.readAllBytes(first.files().page().local());

    EvaluationResult second = run(job.id(), BOTH);

    assertThat(oracle.asked()).hasSize(EXAMPLES);
    assertThat(second.id()).isEqualTo(first.id());
    assertThat(second.files().json().local()).hasBinaryContent(json);
    assertThat(second.files().page().local()).hasBinaryContent(page);
  }

  @Test
  void recognisesNamesAndAliasesOfTheTaxonomy() throws Exception {
    Job job = Tickets.tuned(ledger, dataset, 1);
    answers(
        job,
        prompt ->
            switch (Tickets.truth(prompt)) {
              case "hats" -> "HEAD WEAR";
              case "gloves" -> " Gloves\n";
              default -> "I think it is about shoes";
            });

    EvaluationReport report = run(job.id(), Set.of()).report();

    assertThat(report.model().figures().invalidShare().value()).isEqualTo(1.0 / 3);
    assertThat(report.model().figures().accuracy().value()).isEqualTo(2.0 / 3);
    CategoryFigures shoes = report.model().figures().category("shoes").orElseThrow();
    assertThat(shoes.predicted()).isZero();
  }

  @Test
  void knowsTheIdsAloneWithoutTheDatasetsOwnConfiguration() throws Exception {
    String yaml = Files.readString(folder.resolve("attune.yaml"));
    config =
        ConfigLoader.load(
            Files.writeString(
                folder.resolve("other.yaml"), yaml.replace("dataset: tickets", "dataset: other")));
    Job job = Tickets.tuned(ledger, dataset, 1);
    answers(job, prompt -> Tickets.truth(prompt).equals("hats") ? "headwear" : "gloves");

    EvaluationReport report = run(job.id(), Set.of()).report();

    assertThat(report.model().figures().invalidShare().value()).isEqualTo(1.0 / 3);
    assertThat(report.notes())
        .contains("Of answers the ids of the dataset's categories alone were recognised.");
  }

  @Test
  void saysWhatAReaderShouldKnow() throws Exception {
    Job champion = Tickets.tuned(ledger, new Tickets(folder).publish(shell.shell(), 3), 1);
    Tickets.promote(ledger, champion);
    Job job = Tickets.tuned(ledger, dataset, 1);

    assertThat(run(job.id(), BOTH).report().notes())
        .containsExactly(
            "It is not certain which examples were used to tune the champion "
                + champion.id()
                + ": the ledger does not say where its dataset is, so no question is left out"
                + " because of this model.",
            "Only 30 examples were asked: the intervals are wide, and a small gain says little.");
    assertThat(run("champion", BOTH).report().notes())
        .contains("The model is the champion itself.");
  }
}
