package dev.attune.launcher.tuning;

import dev.attune.launcher.console.ResumeHint;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.console.TimeOfDay;
import dev.attune.launcher.ledger.Job;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Shows on stderr how a job is: one line that is drawn over and over on a terminal; elsewhere a
 * line for each change, but of progress every ten seconds at most, and one every ten minutes.
 */
public final class JobLine implements AutoCloseable {
  private static final Duration AT_LEAST_EVERY = Duration.ofMinutes(10);
  private static final Duration AT_MOST_EVERY = Duration.ofSeconds(10);
  private static final String ERASE = "\r\u001b[2K";

  private final Shell shell;
  private final String job;
  private final Instant start;
  private @Nullable TuningJobState shown;
  private String shownHow = "";
  private Instant shownAt;
  private final @Nullable ResumeHint hint;
  private volatile Submission submission;
  private boolean drawn;

  /** A line of a command that is over soon. */
  JobLine(Shell shell, Job job) {
    this(shell, job, false);
  }

  private JobLine(Shell shell, Job job, boolean isWaiting) {
    this.shell = shell;
    this.job = job.id();
    this.submission = Submission.of(job);
    this.hint = isWaiting ? ResumeHint.during(() -> submission.interrupted(job.id())) : null;
    this.start = shell.clock().instant();
    this.shownAt = start;
  }

  /** A line of a command that waits: where that is interrupted, the last line says how to go on. */
  public static JobLine waiting(Shell shell, Job job) {
    return new JobLine(shell, job, true);
  }

  /** The job's submission is known to be like this now. */
  public void submission(Submission now) {
    submission = now;
  }

  /**
   * The job is in this state now.
   *
   * @param how since when and how far it is, in a few words, or empty
   */
  public void show(TuningJobState state, String how) {
    Instant now = shell.clock().instant();
    String line =
        job + " is " + state + how + ", " + Duration.between(start, now).toSeconds() + " s";
    Duration shownFor = Duration.between(shownAt, now);
    if (shell.terminal()) {
      shell.err().print(ERASE + line);
      shell.err().flush();
      drawn = true;
    } else if (state != shown
        || shownFor.compareTo(AT_LEAST_EVERY) >= 0
        || (!how.equals(shownHow) && shownFor.compareTo(AT_MOST_EVERY) >= 0)) {
      shell.err().println(line);
      shownAt = now;
      shownHow = how;
    }
    shown = state;
  }

  /**
   * The back end did not do what it was asked, and is asked again.
   *
   * @param wait how long until then
   */
  public void sayAskingAgain(BackEndException fault, Duration wait, Waiting waiting) {
    Instant next = waiting.endOf(wait);
    String message = String.valueOf(fault.getMessage());
    if (next == null) {
      say(message.endsWith(".") ? message : message + ".");
      return;
    }
    say(
        message
            + (message.endsWith(".") ? " Asking" : "; asking")
            + " again at "
            + TimeOfDay.utc(next)
            + ", until "
            + waiting.deadline().truncatedTo(ChronoUnit.SECONDS)
            + " (tuning.deadline).");
  }

  /** A sentence, on a line of its own. */
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
