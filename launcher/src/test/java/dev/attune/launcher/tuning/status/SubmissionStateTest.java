package dev.attune.launcher.tuning.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.launcher.console.ResumeHint;
import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.ledger.LedgerKind;
import dev.attune.launcher.promotion.Workplace;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The last line of a tuning command that a signal ends follows the job's submission. */
class SubmissionStateTest {
  @TempDir private Path folder;

  @Test
  void isToldByTheLastLine() throws Exception {
    try (var ledger = new Workplace(folder, LedgerKind.H2).ledger()) {
      var job = ledger.jobs().get(Workplace.failed(ledger, 3));
      try (JobStatusLine line = JobStatusLine.waiting(new TestShell(folder).shell(), job)) {
        assertThat(ResumeHint.sentence())
            .isEqualTo(
                "Interrupted: tuning job "
                    + job.id()
                    + " was submitted. attune watch "
                    + job.id()
                    + " resumes polling.");
        line.submission(SubmissionState.NONE);
        assertThat(ResumeHint.sentence()).contains(job.id() + " was not submitted");
        line.submission(SubmissionState.UNCERTAIN);
        assertThat(ResumeHint.sentence()).contains(job.id() + " may have been submitted");
      }
      assertThat(ResumeHint.sentence()).doesNotContain(job.id());
    }
  }
}
