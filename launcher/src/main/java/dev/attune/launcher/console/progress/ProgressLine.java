package dev.attune.launcher.console.progress;

import java.time.Duration;
import java.util.List;

/**
 * Formats the progress of a step: what it does, how far it is, and the remaining time.
 *
 * @param next names of the steps that follow
 */
record ProgressLine(String doing, Amount amount, List<String> next) {
  private static final long MINUTES_FROM_SECONDS = 120;
  private static final long HOURS_FROM_MINUTES = 120;

  ProgressLine {
    next = List.copyOf(next);
  }

  /**
   * Returns the line.
   *
   * @param soFar progress; negative if unknown
   */
  String after(Duration took, long soFar) {
    StringBuilder line = new StringBuilder(doing).append(": ");
    if (amount.noun().isEmpty() || soFar < 0) {
      line.append(words(took)).append(" so far");
    } else {
      line.append(amount.reached(soFar));
      boolean full = amount.total() > 0 && soFar >= amount.total();
      long perSecond = soFar * 1000 / Math.max(1, took.toMillis());
      if (full && !amount.estimated()) {
        line.append(", finishing");
      } else if (perSecond > 0 && !full) {
        line.append(", ").append(amount.rate(perSecond));
      }
      long left = amount.total() - soFar;
      if (left > 0 && soFar > 0) {
        long millis = (long) ((double) left * took.toMillis() / soFar);
        line.append(", ").append(words(Duration.ofMillis(millis))).append(" left");
      } else {
        line.append(", ").append(words(took)).append(" so far");
      }
    }
    if (!next.isEmpty()) {
      line.append("; next: ").append(String.join(", ", next));
    }
    return line.toString();
  }

  /** Returns e.g. {@code 7 s}, {@code 3 minutes} or {@code 5 hours}. */
  static String words(Duration time) {
    long seconds = Math.round(time.toMillis() / 1000.0);
    if (seconds < MINUTES_FROM_SECONDS) {
      return Math.max(1, seconds) + " s";
    }
    long minutes = Math.round(seconds / 60.0);
    return minutes < HOURS_FROM_MINUTES
        ? minutes + " minutes"
        : Math.round(minutes / 60.0) + " hours";
  }
}
