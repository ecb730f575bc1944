package dev.attune.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.config.AttuneConfig;
import dev.attune.config.ConfigLoader;
import dev.attune.launcher.console.ExitCode;
import dev.attune.launcher.console.FailureReport;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.evaluation.Oracle;
import dev.attune.launcher.evaluation.Tickets;
import dev.attune.launcher.evaluation.question.AskException;
import dev.attune.launcher.evaluation.question.ModelAddress.Tuned;
import dev.attune.launcher.evaluation.question.ModelOpener;
import dev.attune.launcher.evaluation.question.RetryLimits;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.ledger.LedgerKind;
import dev.attune.launcher.session.ModelSession;
import dev.attune.schema.CanonicalJson;
import dev.attune.schema.SchemaFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EvaluateCommandTest {
  private static final ModelOpener MODELS =
      address -> {
        boolean tuned = address instanceof Tuned;
        return new Oracle(
            tuned ? "tuned" : "base",
            false,
            (prompt, number) -> tuned ? Tickets.truth(prompt) : "hats");
      };

  @TempDir private Path folder;

  private TestShell shell;
  private DatasetDirectory dataset;
  private String job;

  @BeforeEach
  void tune() throws Exception {
    tune(LedgerKind.H2);
  }

  @Test
  void printsFiguresForPeople() {
    int exit = type(MODELS, "--dataset", dataset.path().toString(), job);

    assertThat(exit).isZero();
    assertThat(shell.err()).isEmpty();
    assertThat(shell.out())
        .isEqualTo(
            """
            JOB on 12 validation examples of tickets, run RUN

            figures, with 95% intervals
                               model JOB    base linear-baseline
              macro F1         1.000 (0.758 to 1.000)  0.167 (0.091 to 0.302)
              micro F1         1.000 (0.758 to 1.000)  0.333 (0.132 to 0.622)
              accuracy         1.000 (0.758 to 1.000)  0.333 (0.138 to 0.609)
              invalid answers  0.000 (0.000 to 0.242)  0.000 (0.000 to 0.242)

            gains on the same examples, with 95% intervals
                        over the base
              macro F1  +0.833 (+0.721 to +0.934)
              micro F1  +0.667 (+0.386 to +0.947)
              accuracy  +0.667 (+0.277 to +0.866)

            categories, the lowest F1 first
              category  support  precision  recall                  F1
              hats      4        1.000      1.000 (0.510 to 1.000)  1.000 (0.676 to 1.000)
              gloves    4        1.000      1.000 (0.510 to 1.000)  1.000 (0.676 to 1.000)
              shoes     4        1.000      1.000 (0.510 to 1.000)  1.000 (0.676 to 1.000)

            notes
              No model of tickets is in use yet, so there is no champion to compare with.
              Only 12 examples were asked: the intervals are wide, and a small gain says little.

            report  build/evaluations/tickets/RUN/JOB/evaluation.html
            figures build/evaluations/tickets/RUN/JOB/evaluation.json
            """
                .replace("JOB", job)
                .replace("RUN", dataset.manifest().identity().runId()));
  }

  @ParameterizedTest
  @EnumSource
  void printsOneDocumentForPrograms(LedgerKind kind) throws Exception {
    tune(kind);

    int exit = type(MODELS, job, "--dataset", dataset.path().toString(), "--json");

    assertThat(exit).isZero();
    byte[] document = shell.out().getBytes(StandardCharsets.UTF_8);
    assertThat(SchemaFile.EVALUATION.validate(CanonicalJson.read(document))).isEmpty();
    Path files =
        folder.resolve("build/evaluations/tickets").resolve(dataset.path().local().getFileName());
    assertThat(files.resolve(job).resolve("evaluation.json")).hasBinaryContent(document);
  }

  @Test
  void comparesWithWhomItIsTold() throws Exception {
    type(MODELS, job, "--dataset", dataset.path().toString(), "--against", "champion", "--json");

    var document = CanonicalJson.read(shell.out().getBytes(StandardCharsets.UTF_8));
    assertThat(document.path("base").isNull()).isTrue();
    assertThat(document.path("notes").path(0).asText())
        .isEqualTo("No model of tickets is in use yet, so there is no champion to compare with.");
  }

  @Test
  void endsWithOneSentenceWhereAModelCannotBeAsked() {
    ModelOpener broken =
        address ->
            new Oracle(
                "x",
                true,
                (prompt, number) -> {
                  throw new AskException(false, "The endpoint refuses you: ask for access.", null);
                });

    assertThat(type(broken, job, "--dataset", dataset.path().toString()))
        .isEqualTo(ExitCode.REFUSED.code());
    assertThat(shell.lastLine()).isEqualTo("The endpoint refuses you: ask for access.");
    assertThat(shell.out()).isEmpty();
  }

  @Test
  void refusesWrongUsage() {
    assertThat(type(MODELS, job)).isEqualTo(ExitCode.USAGE.code());
    assertThat(type(MODELS, job, "--dataset", "d", "--split", "training"))
        .isEqualTo(ExitCode.USAGE.code());
    assertThat(type(MODELS, job, "--dataset", "d", "--against", "me"))
        .isEqualTo(ExitCode.USAGE.code());
    assertThat(type(MODELS, job, "--dataset", "nowhere")).isEqualTo(ExitCode.REFUSED.code());
    assertThat(shell.lastLine())
        .isEqualTo(
            "nowhere is not a published dataset, because it has no manifest.json: create one with"
                + " attune prepare.");
  }

  private void tune(LedgerKind kind) throws Exception {
    Files.createDirectories(folder);
    shell = new TestShell(folder);
    Path file = new Tickets(folder).configure(kind.yaml(folder));
    AttuneConfig config = ConfigLoader.load(file);
    dataset = new Tickets(folder).publish(shell.shell(), 12);
    try (Ledger ledger = Ledger.open(config, withPassword())) {
      Job tuned = Tickets.tuned(ledger, dataset, 1);
      job = tuned.id();
    }
  }

  private Shell withPassword() {
    Shell plain = shell.shell();
    return new Shell(
        plain.out(),
        plain.err(),
        plain.terminal(),
        plain.directory(),
        Map.of(LedgerKind.VARIABLE, LedgerKind.PASSWORD),
        plain.clock());
  }

  private int type(ModelOpener models, String... args) {
    RetryLimits patience = new RetryLimits(2, Duration.ofMillis(1), Duration.ofMillis(2));
    FailureReport failures = new FailureReport(shell.shell().err(), null);
    return SingleCommand.of(
            new EvaluateCommand(withPassword(), config -> models, ModelSession::open, patience),
            shell.shell())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures)
        .execute(args);
  }
}
