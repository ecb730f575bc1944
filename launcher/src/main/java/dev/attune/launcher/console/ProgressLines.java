package dev.attune.launcher.console;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A plain line every 10 seconds, for logs; none when it is over sooner. */
final class ProgressLines implements Progress {
  private static final Duration EVERY = Duration.ofSeconds(10);

  private final Shell shell;
  private final Instant start;
  private final AtomicLong records = new AtomicLong();
  private final ScheduledExecutorService timer;

  ProgressLines(Shell shell) {
    this(shell, EVERY);
  }

  ProgressLines(Shell shell, Duration every) {
    this.shell = shell;
    this.start = shell.clock().instant();
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "progress");
              thread.setDaemon(true);
              return thread;
            });
    var unused =
        timer.scheduleAtFixedRate(
            this::print, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void accept(long read) {
    records.set(read);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private void print() {
    long seconds = Duration.between(start, shell.clock().instant()).toSeconds();
    long read = records.get();
    shell
        .err()
        .println(
            read < 0
                ? "still running, " + seconds + " s"
                : String.format(Locale.ROOT, "%,d records read, %d s", read, seconds));
  }
}
