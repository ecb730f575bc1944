package dev.attune.launcher.tune;

import dev.attune.launcher.console.Shell;
import dev.attune.launcher.tuning.TuningJobState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Shows on stderr how a job is: one line that is drawn over and over on a terminal; elsewhere a
 * line for each change, and one every ten minutes.
 */
final class JobLine implements AutoCloseable {
  private static final Duration AT_LEAST_EVERY = Duration.ofMinutes(10);
  private static final String ERASE = "\r\u001b[2K";

  private final Shell shell;
  private final String job;
  private final Instant start;
  private @Nullable TuningJobState shown;
  private Instant shownAt;
  private boolean drawn;

  JobLine(Shell shell, String job) {
    this.shell = shell;
    this.job = job;
    this.start = shell.clock().instant();
    this.shownAt = start;
  }

  /** The job is in this state now. */
  void show(TuningJobState state) {
    Instant now = shell.clock().instant();
    String line = job + " is " + state + ", " + Duration.between(start, now).toSeconds() + " s";
    if (shell.terminal()) {
      shell.err().print(ERASE + line);
      shell.err().flush();
      drawn = true;
    } else if (state != shown || Duration.between(shownAt, now).compareTo(AT_LEAST_EVERY) >= 0) {
      shell.err().println(line);
      shownAt = now;
    }
    shown = state;
  }

  /** A sentence, on a line of its own. */
  void say(String sentence) {
    erase();
    shell.err().println(sentence);
  }

  @Override
  public void close() {
    erase();
  }

  private void erase() {
    if (drawn) {
      shell.err().print(ERASE);
      shell.err().flush();
      drawn = false;
    }
  }
}
