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
  private final String counted;
  private final Instant start;
  private final AtomicLong count = new AtomicLong();
  private final ScheduledExecutorService timer;

  ProgressLines(Shell shell, String counted) {
    this(shell, counted, EVERY);
  }

  ProgressLines(Shell shell, String counted, Duration every) {
    this.shell = shell;
    this.counted = counted;
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
  public void accept(long soFar) {
    count.set(soFar);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private void print() {
    long seconds = Duration.between(start, shell.clock().instant()).toSeconds();
    long soFar = count.get();
    shell
        .err()
        .println(
            soFar < 0
                ? "still running, " + seconds + " s"
                : String.format(Locale.ROOT, "%,d %s, %d s", soFar, counted, seconds));
  }
}
