package dev.attune.launcher.console.progress;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Formats a time of today, e.g. {@code 14:03:20 UTC}. */
public final class TimeOfDay {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private TimeOfDay() {}

  public static String utc(Instant instant) {
    return FORMAT.format(instant);
  }
}
