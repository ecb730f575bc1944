package dev.attune.launcher.cli.talk;

import dev.attune.message.Messages;
import dev.attune.schema.Printable;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts a typed lifetime such as {@code 90m}, from a minute to a year. */
final class LifetimeConverter implements ITypeConverter<Duration> {
  private static final Pattern LIFETIME = Pattern.compile("([0-9]{1,8})([smhd])");
  private static final Duration LEAST = Duration.ofMinutes(1);
  private static final Duration MOST = Duration.ofDays(365);

  @Override
  public Duration convert(String typed) {
    Matcher parts = LIFETIME.matcher(typed);
    if (parts.matches()) {
      long number = Long.parseLong(parts.group(1));
      Duration lifetime =
          switch (parts.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
          };
      if (lifetime.compareTo(LEAST) >= 0 && lifetime.compareTo(MOST) <= 0) {
        return lifetime;
      }
    }
    throw new TypeConversionException(
        Messages.of("launcher.cache.lifetime", Printable.shortened(typed)));
  }
}
