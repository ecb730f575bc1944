package dev.attune.launcher.console;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A time that is near, for a sentence: {@code 14:03:20 UTC}. */
public final class TimeOfDay {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private TimeOfDay() {}

  /** Of an instant. */
  public static String utc(Instant instant) {
    return FORMAT.format(instant);
  }
}
