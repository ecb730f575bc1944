package dev.attune.launcher.tuning.submission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.attune.config.TuningConfig.Hyperparameters;
import dev.attune.launcher.cli.jobs.JobsJson;
import dev.attune.launcher.cli.jobs.JobsText;
import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Jobs;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.ledger.LedgerKind;
import dev.attune.launcher.tuning.BackEndJob;
import dev.attune.launcher.tuning.TuningJobState;
import dev.attune.launcher.tuning.TuningSpec;
import dev.attune.schema.SchemaFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UnsentReasonTest {
  private static final TuningSpec SPEC =
      new TuningSpec(
          "sha256:" + "a".repeat(64),
          "vertex",
          "gemini-3.5-flash",
          "us-central1",
          new Hyperparameters(3, 4, 1.0));
  private static final Instant UNTIL = Instant.parse("2026-11-20T12:00:00Z");
  private static final Duration GRACE = Duration.ofMinutes(10);

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void saysWhyAJobIsNotOneOfTheBackEndYet(LedgerKind kind) throws Exception {
    TestShell shell = new TestShell(folder);
    try (Ledger ledger = kind.open(folder, shell.shell())) {
      Jobs jobs = ledger.jobs();
      String id = jobs.intend(SPEC, false).id();
      assertThat(why(jobs, id)).isEqualTo("not submitted yet: attune tune submits it");

      jobs.claimCreate(jobs.get(id), UNTIL);
      assertThat(why(jobs, id))
          .isEqualTo(
              "a create call may have been sent: attune tune lists the back end's"
                  + " jobs until 2026-11-20T12:10:00Z before it sends another");

      jobs.notCreated(id, UNTIL, "Vertex AI has no quota left: trying again.");
      assertThat(why(jobs, id)).isEqualTo("not sent: Vertex AI has no quota left: trying again");
      new JobsText(shell.shell(), ledger).table(jobs.all(), GRACE);
      assertThat(shell.out())
          .contains("INTENDED", "\n    not sent: Vertex AI has no quota left: trying again\n");
      assertThat(
              SchemaFile.JOBS.validate(
                  new ObjectMapper().readTree(JobsJson.of(jobs.all(), jobs, GRACE))))
          .isEmpty();

      jobs.observe(id, new BackEndJob("jobs/1", TuningJobState.RUNNING, null, null, null, null));
      assertThat(why(jobs, id)).isNull();
    }
  }

  private static @Nullable String why(Jobs jobs, String id) {
    Job job = jobs.get(id);
    return UnsentReason.of(job, jobs.changes(id), GRACE);
  }
}
