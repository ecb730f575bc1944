package dev.attune.launcher.promotion;

import java.nio.charset.StandardCharsets;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of an env file, and the variable that attune promote sets in it. A line sets the
 * variable if it begins with its name and {@code =}, or with {@code export} before them. All other
 * bytes are kept, whatever their encoding: a byte is read as one character (ISO 8859-1).
 */
final class EnvText {
  private static final Pattern ASSIGNMENT =
      Pattern.compile(
          "((?:^|(?<=[\r\n]))[ \t]*(?:export[ \t]+)?%s[ \t]*=[ \t]*)(?:([\"'])(.*?)\\2)?([^\r\n]*)"
              .formatted(EnvFile.VARIABLE));

  private final String text;

  EnvText(byte[] bytes) {
    this.text = new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Returns whether the bytes can be text: none of them is 0. */
  static boolean isText(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1).indexOf('\0') < 0;
  }

  /** Returns the value in the last line that sets the variable, or null if no line sets it. */
  @Nullable String value() {
    return ASSIGNMENT.matcher(text).results().map(EnvText::value).reduce((a, b) -> b).orElse(null);
  }

  /**
   * Returns the bytes with another value: in every line that sets the variable, or in a new line at
   * the end. The rest of a line that is changed, such as quotes and a comment, is dropped.
   *
   * @param value without white space, quotes and {@code #}
   */
  byte[] with(String value) {
    Matcher assignments = ASSIGNMENT.matcher(text);
    String changed =
        assignments.replaceAll(
            line ->
                Matcher.quoteReplacement(
                    value(line).equals(value) ? line.group() : line.group(1) + value));
    if (value() == null) {
      String lineEnd = text.contains("\r\n") ? "\r\n" : "\n";
      String open = text.isEmpty() || text.endsWith("\n") ? "" : lineEnd;
      changed = text + open + EnvFile.VARIABLE + "=" + value + lineEnd;
    }
    return changed.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String value(MatchResult line) {
    String quoted = line.group(3);
    return quoted == null ? line.group(4).replaceFirst("[ \t]+#.*", "").strip() : quoted;
  }
}
