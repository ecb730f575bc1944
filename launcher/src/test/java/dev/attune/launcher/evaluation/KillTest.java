package dev.attune.launcher.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.config.AttuneConfig;
import dev.attune.config.ConfigLoader;
import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.evaluation.document.EvaluationReport;
import dev.attune.launcher.evaluation.question.RetryLimits;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.ledger.LedgerKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 in the middle of an evaluation: nobody pays for an answer twice. */
class KillTest {
  private static final int EXAMPLES = 60;
  private static final int HANGS_AT = 25;

  /** Of the configuration of {@link Tickets}. */
  private static final int PARALLELISM = 3;

  @TempDir private Path folder;

  @Test
  @Timeout(120)
  void asksOnlyTheRestAfterTheProcessWasKilled() throws Exception {
    TestShell shell = new TestShell(folder);
    AttuneConfig config =
        ConfigLoader.load(new Tickets(folder).configure(LedgerKind.H2.yaml(folder)));
    DatasetDirectory dataset = new Tickets(folder).publish(shell.shell(), EXAMPLES);
    Job job;
    try (Ledger ledger = Ledger.open(config, shell.shell())) {
      job = Tickets.tuned(ledger, dataset, 1);
    }
    Process process = start(dataset, job);
    try {
      // All threads hang now: what was answered before is what was asked less those.
      awaitQuestions(process, HANGS_AT - 1 + PARALLELISM);
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();

    try (Ledger ledger = Ledger.open(config, shell.shell())) {
      assertThat(ledger.answers().kept(KilledProcess.MODEL, dataset.fingerprint()))
          .hasSize(HANGS_AT - 1);
      Oracle model = KilledProcess.model(folder, Integer.MAX_VALUE);
      RetryLimits patience = new RetryLimits(2, Duration.ofMillis(1), Duration.ofMillis(2));
      EvaluationReport report =
          new EvaluationRun(config, ledger, address -> model, patience, shell.shell())
              .run(new EvaluationOrder(job.id(), dataset, Set.of()))
              .report();

      assertThat(model.asked()).hasSize(EXAMPLES - (HANGS_AT - 1)).doesNotHaveDuplicates();
      assertThat(report.model().figures().accuracy().value()).isEqualTo(1);
    }
  }

  private Process start(DatasetDirectory dataset, Job job) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            KilledProcess.class.getName(),
            folder.toString(),
            dataset.path().toString(),
            job.id(),
            Integer.toString(HANGS_AT))
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("output").toFile())
        .start();
  }

  private void awaitQuestions(Process process, int many) throws IOException, InterruptedException {
    Path asked = folder.resolve(KilledProcess.ASKED);
    while (!Files.exists(asked) || Files.readAllLines(asked).size() < many) {
      List<String> output = Files.readAllLines(folder.resolve("output"));
      assertThat(process.isAlive()).as(String.join("\n", output)).isTrue();
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
