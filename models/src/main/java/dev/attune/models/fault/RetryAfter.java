package dev.attune.models.fault;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the wait that a provider asks for from the headers of a reply. */
public final class RetryAfter {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})?");
  private static final int MILLIS = 1000;

  private RetryAfter() {}

  /**
   * Returns the wait of {@code retry-after-ms}, or of {@code Retry-After} in seconds or as a date;
   * null if there is none or it cannot be read. Never negative.
   *
   * @param header returns the first value of a header, or null
   */
  public static @Nullable Duration of(Function<String, @Nullable String> header, Clock clock) {
    String millis = header.apply("retry-after-ms");
    if (millis != null && NUMBER.matcher(millis.strip()).matches()) {
      return Duration.ofMillis(Math.round(Double.parseDouble(millis.strip())));
    }
    String text = header.apply("Retry-After");
    if (text == null) {
      return null;
    }
    String value = text.strip();
    if (NUMBER.matcher(value).matches()) {
      return Duration.ofMillis(Math.round(Double.parseDouble(value) * MILLIS));
    }
    try {
      Duration wait =
          Duration.between(
              clock.instant(),
              ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
      return wait.isNegative() ? Duration.ZERO : wait;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
