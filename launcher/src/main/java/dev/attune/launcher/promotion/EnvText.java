package dev.attune.launcher.promotion;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an env file, and where in them a variable is set. There is no standard of such
 * files; this reads what python-dotenv, Node's dotenv, Docker Compose and a shell's {@code source}
 * agree on: a line a variable, {@code export} before it, quotes around the value that may reach
 * over lines, a comment behind white space and {@code #}.
 *
 * <p>A byte is a character here (ISO 8859-1), so that whatever encoding the file has comes out as
 * it went in.
 */
final class EnvText {
  private static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF";
  private static final String QUOTES = "\"'`";
  private static final Pattern START =
      Pattern.compile("[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_.-]*)[ \t]*=");

  /** Behind a closing quote: nothing, or a comment. */
  private static final Pattern REST = Pattern.compile("[ \t]*(?:[ \t]#[^\r\n]*)?(?=[\r\n]|\\z)");

  private static final Pattern COMMENT = Pattern.compile("[ \t]+#");

  private final String text;
  private final String variable;
  private final List<Value> values = new ArrayList<>();

  EnvText(byte[] bytes, String variable) {
    this.text = new String(bytes, StandardCharsets.ISO_8859_1);
    this.variable = variable;
    int line = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length() : 0;
    while (line < text.length()) {
      line = behindLineEnd(read(line));
    }
  }

  /**
   * A value of the variable.
   *
   * @param start of it, its quote included
   * @param end behind it, its quote included
   * @param quote one character, or nothing
   */
  private record Value(int start, int end, String quote) {}

  /**
   * What the last line that sets the variable sets it to: that one counts. Null where none does.
   */
  @Nullable String value() {
    if (values.isEmpty()) {
      return null;
    }
    Value last = values.get(values.size() - 1);
    int quote = last.quote().length();
    return text.substring(last.start() + quote, last.end() - quote);
  }

  /**
   * The bytes with another value. Every line that sets the variable sets it to the new value, in
   * the quotes that it had: so a program that takes the first line and one that takes the last read
   * the same. Where none does, a line is put at the end.
   *
   * @param value of characters that mean themselves in and out of quotes
   */
  byte[] with(String value) {
    StringBuilder changed = new StringBuilder(text);
    for (int i = values.size() - 1; i >= 0; i--) {
      Value old = values.get(i);
      changed.replace(old.start(), old.end(), old.quote() + value + old.quote());
    }
    if (values.isEmpty()) {
      String lineEnd = lineEnd();
      boolean open = !text.isEmpty() && !text.equals(BYTE_ORDER_MARK) && !endsWithLineEnd();
      changed.append(open ? lineEnd : "").append(variable).append('=').append(value);
      changed.append(lineEnd);
    }
    return changed.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Reads one line, or several where a quoted value reaches over them; where the last ends. */
  private int read(int line) {
    int end = endOfLine(line);
    Matcher start = START.matcher(text).region(line, end);
    if (!start.lookingAt()) {
      return end;
    }
    Value value = value(start.end(), end);
    if (start.group(1).equals(variable)) {
      values.add(value);
    }
    return endOfLine(value.end());
  }

  private Value value(int behindEquals, int end) {
    int start = behindEquals;
    while (start < end && isBlank(text.charAt(start))) {
      start++;
    }
    if (start < end && QUOTES.indexOf(text.charAt(start)) >= 0) {
      int close = close(start);
      // With something else behind the quote it is a part of the value, and closes nothing.
      if (close > 0 && REST.matcher(text).region(close + 1, text.length()).lookingAt()) {
        return new Value(start, close + 1, text.substring(start, start + 1));
      }
    }
    if (start > behindEquals && start < end && text.charAt(start) == '#') {
      return new Value(behindEquals, behindEquals, "");
    }
    Matcher comment = COMMENT.matcher(text).region(start, end);
    int last = comment.find() ? comment.start() : end;
    while (last > start && isBlank(text.charAt(last - 1))) {
      last--;
    }
    return new Value(start, last, "");
  }

  /** Where the quote is closed, on whatever line; 0 where it is not. */
  private int close(int open) {
    char quote = text.charAt(open);
    for (int i = open + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == quote) {
        return i;
      }
      if (c == '\\' && quote == '"') {
        i++;
      }
    }
    return 0;
  }

  private int endOfLine(int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    return end;
  }

  private int behindLineEnd(int end) {
    return end + (text.startsWith("\r\n", end) ? 2 : 1);
  }

  /** As the last line ends; LF where none does. */
  private String lineEnd() {
    int feed = text.lastIndexOf('\n');
    if (feed < 0) {
      return text.indexOf('\r') < 0 ? "\n" : "\r";
    }
    return feed > 0 && text.charAt(feed - 1) == '\r' ? "\r\n" : "\n";
  }

  private boolean endsWithLineEnd() {
    return text.endsWith("\n") || text.endsWith("\r");
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
