package dev.attune.config.jdbc;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A jdbcUrl of a bundled driver, parsed as the driver does.
 *
 * @param driver of the URL
 * @param address between the driver's prefix and the options
 * @param options in their order
 */
record JdbcUrl(JdbcDriver driver, String address, List<Option> options) {
  private static final Pattern USER_INFO = Pattern.compile("^((?:jdbc:)?[^/]*//)[^/]*@");

  JdbcUrl {
    options = List.copyOf(options);
  }

  /**
   * An option.
   *
   * @param name without escapes
   * @param value without escapes; may be empty
   */
  record Option(String name, String value) {}

  static JdbcUrl of(JdbcDriver driver, String url) {
    String rest = url.substring(driver.prefix().length());
    int start = rest.indexOf(driver == JdbcDriver.H2 ? ';' : '?');
    String address = start < 0 ? rest : rest.substring(0, start);
    String options = start < 0 ? "" : rest.substring(start + 1);
    List<String> parts =
        driver == JdbcDriver.H2 ? splitAsH2(options) : List.of(options.split("&", -1));
    List<Option> all = new ArrayList<>();
    for (String part : parts) {
      if (!part.isBlank()) {
        int equals = part.indexOf('=');
        String name = equals < 0 ? part : part.substring(0, equals);
        String value = equals < 0 ? "" : part.substring(equals + 1);
        all.add(
            driver == JdbcDriver.H2
                ? new Option(name, value)
                : new Option(decoded(name), decoded(value)));
      }
    }
    return new JdbcUrl(driver, address, all);
  }

  /** Returns the value of an option, or null. */
  @Nullable String option(String name) {
    return options.stream()
        .filter(option -> option.name().equals(name))
        .map(Option::value)
        .findFirst()
        .orElse(null);
  }

  /** Returns the host and port of a PostgreSQL URL, or an empty text. */
  String host() {
    if (!address.startsWith("//")) {
      return "";
    }
    int slash = address.indexOf('/', 2);
    return address.substring(2, slash < 0 ? address.length() : slash);
  }

  /** Splits at each semicolon; a backslash escapes the character after it. */
  private static List<String> splitAsH2(String options) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    for (int i = 0; i < options.length(); i++) {
      char c = options.charAt(i);
      if (c == ';') {
        parts.add(part.toString());
        part.setLength(0);
      } else if (c == '\\' && i < options.length() - 1) {
        part.append(options.charAt(++i));
      } else {
        part.append(c);
      }
    }
    parts.add(part.toString());
    return parts;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text; // The driver does not take it either.
    }
  }

  /**
   * Returns a jdbcUrl without options and user. A URL of an unknown driver is cut at the first
   * character that can start options.
   */
  static String shown(String url) {
    int end = url.length();
    for (char start : new char[] {'?', ';'}) {
      int at = url.indexOf(start);
      end = at < 0 ? end : Math.min(end, at);
    }
    return USER_INFO.matcher(url.substring(0, end)).replaceFirst("$1");
  }
}
