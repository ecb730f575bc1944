package dev.attune.launcher.cli.decision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.config.AttuneConfig;
import dev.attune.config.ConfigLoader;
import dev.attune.config.TuningConfig.Hyperparameters;
import dev.attune.launcher.cli.SingleCommand;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.evaluation.Tickets;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.ledger.LedgerKind;
import dev.attune.launcher.tuning.BackEndJob;
import dev.attune.launcher.tuning.TuningJobState;
import dev.attune.launcher.tuning.TuningSpec;
import dev.attune.schema.CanonicalJson;
import dev.attune.schema.SchemaFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What attune models says of when a model was tuned. */
class TunedModelsTest {
  private static final Instant ASKED_FOR = Instant.parse("2026-11-27T20:00:00Z");
  private static final Instant TUNED = Instant.parse("2026-11-28T02:30:00Z");

  @TempDir private Path folder;

  @Test
  void showsWhenTuningEndedAndNotWhenItWasAskedFor() throws Exception {
    TestShell shell = new TestShell(folder);
    AtomicReference<Instant> now = new AtomicReference<>(ASKED_FOR);
    Shell plain = shell.shell();
    Shell dated =
        new Shell(
            plain.out(),
            plain.err(),
            plain.terminal(),
            plain.directory(),
            plain.environment(),
            now::get);
    AttuneConfig config =
        ConfigLoader.load(new Tickets(folder).configure(LedgerKind.H2.yaml(folder)));
    DatasetDirectory dataset = new Tickets(folder).publish(dated, 3);
    try (Ledger ledger = Ledger.open(config, dated)) {
      ledger.datasets().enter(dataset);
      TuningSpec spec =
          new TuningSpec(
              dataset.fingerprint(),
              "local",
              "linear-baseline",
              "local",
              new Hyperparameters(3, 4, 1.0));
      Job job = ledger.jobs().intend(spec, false);
      ledger.jobs().observe(job.id(), seen(TuningJobState.RUNNING, null));
      now.set(TUNED);
      ledger.jobs().observe(job.id(), seen(TuningJobState.SUCCEEDED, null));
      // The endpoint is shown later than the end.
      now.set(TUNED.plusSeconds(600));
      ledger.jobs().observe(job.id(), seen(TuningJobState.SUCCEEDED, "endpoints/1"));
    }

    SingleCommand.of(new ModelsCommand(dated), dated).execute();

    assertThat(shell.out()).contains("2026-11-28T02:30:00Z").doesNotContain("2026-11-27");
    TestShell programs = new TestShell(folder);
    SingleCommand.of(new ModelsCommand(programs.shell()), programs.shell()).execute("--json");
    JsonNode document = CanonicalJson.read(programs.out().getBytes(StandardCharsets.UTF_8));
    assertThat(SchemaFile.MODELS.validate(document)).isEmpty();
    assertThat(document.at("/models/0/job/at").asText()).isEqualTo(ASKED_FOR.toString());
    assertThat(document.at("/models/0/job/tunedAt").asText()).isEqualTo(TUNED.toString());
  }

  private static BackEndJob seen(TuningJobState state, @Nullable String endpoint) {
    return new BackEndJob("jobs/1", state, "models/1", endpoint, null, null);
  }
}
