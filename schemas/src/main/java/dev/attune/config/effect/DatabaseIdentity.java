package dev.attune.config.effect;

import dev.attune.schema.ClassResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Identifies the database of a jdbcUrl for the input fingerprint: the URL without the options that
 * cannot change what is read, the others sorted. An unknown option is kept.
 */
public final class DatabaseIdentity {
  /** Options about the connection alone, in lower case. */
  private static final Set<String> OF_THE_CONNECTION =
      ClassResource.text(DatabaseIdentity.class, "connection-options.txt")
          .lines()
          .filter(line -> !line.startsWith("#"))
          .collect(Collectors.toUnmodifiableSet());

  private DatabaseIdentity() {}

  /** Returns a text that is equal for two URLs of the same database. */
  public static String of(String jdbcUrl) {
    int options = jdbcUrl.length();
    for (char start : new char[] {'?', ';'}) {
      int at = jdbcUrl.indexOf(start);
      options = at < 0 ? options : Math.min(options, at);
    }
    Set<String> kept = new TreeSet<>();
    String rest = jdbcUrl.substring(options).replaceFirst("^[?;]", "");
    for (String option : rest.split("[&;]", -1)) {
      if (option.isBlank()) {
        continue;
      }
      int equals = option.indexOf('=');
      String name = equals < 0 ? option : option.substring(0, equals);
      if (!OF_THE_CONNECTION.contains(name.strip().toLowerCase(Locale.ROOT))) {
        kept.add(option);
      }
    }
    List<String> parts = new ArrayList<>(List.of(jdbcUrl.substring(0, options)));
    parts.addAll(kept);
    return String.join(";", parts);
  }
}
