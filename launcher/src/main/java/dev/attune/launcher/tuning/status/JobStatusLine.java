package dev.attune.launcher.tuning.status;

import dev.attune.launcher.console.ResumeHint;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.console.progress.TimeOfDay;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.tuning.BackEndException;
import dev.attune.launcher.tuning.TuningJobState;
import dev.attune.message.Messages;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Shows the state of a job on stderr. On a terminal it redraws one line. Elsewhere it prints a line
 * for each change of state, for progress at most every ten seconds, and at least every ten minutes.
 */
public final class JobStatusLine implements AutoCloseable {
  private static final Duration AT_LEAST_EVERY = Duration.ofMinutes(10);
  private static final Duration AT_MOST_EVERY = Duration.ofSeconds(10);
  private static final String ERASE = "\r\u001b[2K";

  private final Shell shell;
  private final String job;
  private final Instant start;
  private @Nullable TuningJobState shown;
  private String shownDetails = "";
  private Instant shownAt;
  private final @Nullable ResumeHint hint;
  private volatile SubmissionState submission;
  private boolean drawn;

  /** Creates the line of a command that does not wait. */
  public JobStatusLine(Shell shell, Job job) {
    this(shell, job, false);
  }

  private JobStatusLine(Shell shell, Job job, boolean isWaiting) {
    this.shell = shell;
    this.job = job.id();
    this.submission = SubmissionState.of(job);
    this.hint = isWaiting ? ResumeHint.during(() -> submission.interrupted(job.id())) : null;
    this.start = shell.clock().instant();
    this.shownAt = start;
  }

  /** Returns the line of a command that waits; if it is interrupted, it prints how to resume. */
  public static JobStatusLine waiting(Shell shell, Job job) {
    return new JobStatusLine(shell, job, true);
  }

  /** Sets how far the submission of the job is, for the sentence after an interruption. */
  public void submission(SubmissionState now) {
    submission = now;
  }

  /**
   * Shows the state of the job.
   *
   * @param details since when the job is in the state and its progress, or empty
   */
  public void show(TuningJobState state, String details) {
    Instant now = shell.clock().instant();
    String line =
        job + " is " + state + details + ", " + Duration.between(start, now).toSeconds() + " s";
    Duration shownFor = Duration.between(shownAt, now);
    if (shell.terminal()) {
      shell.err().print(ERASE + line);
      shell.err().flush();
      drawn = true;
    } else if (state != shown
        || shownFor.compareTo(AT_LEAST_EVERY) >= 0
        || (!details.equals(shownDetails) && shownFor.compareTo(AT_MOST_EVERY) >= 0)) {
      shell.err().println(line);
      shownAt = now;
      shownDetails = details;
    }
    shown = state;
  }

  /**
   * Prints a fault of the back end and the time of the next attempt.
   *
   * @param wait the time until the next attempt
   */
  public void printRetry(BackEndException fault, Duration wait, DeadlineTimer waiting) {
    Instant next = waiting.endOf(wait);
    String message = String.valueOf(fault.getMessage());
    if (next == null) {
      say(message.endsWith(".") ? message : message + ".");
      return;
    }
    say(
        Messages.of(
            message.endsWith(".") ? "launcher.job.retry-stopped" : "launcher.job.retry",
            message,
            TimeOfDay.utc(next),
            waiting.deadline().truncatedTo(ChronoUnit.SECONDS)));
  }

  /** Prints a sentence on a separate line. */
  public void say(String sentence) {
    erase();
    shell.err().println(sentence);
  }

  @Override
  public void close() {
    erase();
    if (hint != null) {
      hint.close();
    }
  }

  private void erase() {
    if (drawn) {
      shell.err().print(ERASE);
      shell.err().flush();
      drawn = false;
    }
  }
}
