package dev.attune.config.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Splits SQL into words and punctuation, without comments and texts. Implements the parts of the
 * grammar of H2 and PostgreSQL that decide where a text, a name and a comment end.
 */
final class SqlWords {
  private static final int HEX = 16;
  private static final char LAST_OF_ASCII = '\u007f';
  private static final String POSTGRESQL_BLANKS = " \t\n\r\f\u000b";

  private final String sql;
  private final JdbcDriver driver;
  private final boolean other;
  private final List<Word> words = new ArrayList<>();
  private int at;

  private SqlWords(String sql, JdbcDriver driver, boolean other) {
    this.sql = sql;
    this.driver = driver;
    this.other = other;
  }

  /**
   * A name or keyword in capitals, or one character of punctuation.
   *
   * @param quoted whether it is a name between quotation marks
   */
  record Word(String text, boolean quoted) {
    boolean is(String keyword) {
      return !quoted && text.equals(keyword);
    }
  }

  /**
   * Returns the words of a query.
   *
   * @param other whether settings are assumed that move the ends of texts and names: backslashes
   *     that escape in every text of PostgreSQL, brackets around names in H2
   */
  static List<Word> of(String sql, JdbcDriver driver, boolean other) {
    SqlWords scan = new SqlWords(sql, driver, other);
    while (scan.at < sql.length()) {
      scan.next();
    }
    return scan.words;
  }

  private void next() {
    char c = sql.charAt(at);
    boolean isH2 = driver == JdbcDriver.H2;
    if (sql.startsWith("--", at) || (isH2 && sql.startsWith("//", at))) {
      at = endOfLine();
    } else if (sql.startsWith("/*", at)) {
      at = endOfComment();
    } else if (c == '\'') {
      at = endOfText(other && !isH2);
    } else if (c == '$' && dollarTag() != null) {
      at = endOfDollars();
    } else if (c == '"' || (isH2 && c == '`')) {
      name(c, false);
    } else if (isH2 && other && c == '[') {
      name(']', false);
    } else if (isStart(c)) {
      word();
    } else if (Character.isDigit(c)) {
      number();
    } else {
      if (c > ' ' && !Character.isSpaceChar(c)) {
        words.add(new Word(String.valueOf(c), false));
      }
      at++;
    }
  }

  private void word() {
    int start = at;
    while (at < sql.length() && isPart(sql.charAt(at))) {
      at++;
    }
    String word = sql.substring(start, at).toUpperCase(Locale.ROOT);
    char next = at < sql.length() ? sql.charAt(at) : ' ';
    if (word.equals("U") && next == '&' && at + 1 < sql.length()) {
      char quote = sql.charAt(at + 1);
      if (quote == '"') {
        at++;
        name('"', true);
        return;
      }
    }
    if (word.equals("E") && next == '\'' && driver == JdbcDriver.POSTGRESQL) {
      at = endOfText(true);
      while (continuesText()) {
        at = endOfText(true);
      }
      return;
    }
    words.add(new Word(word, false));
  }

  /**
   * Returns whether a text continues on another line and moves to its opening mark. In PostgreSQL
   * only blanks, comments and a line end may be in between.
   */
  private boolean continuesText() {
    int start = at;
    boolean newLine = false;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (sql.startsWith("--", at)) {
        at = endOfLine();
      } else if (c == '\'' && newLine) {
        return true;
      } else if (POSTGRESQL_BLANKS.indexOf(c) >= 0) {
        newLine |= c == '\n' || c == '\r';
        at++;
      } else {
        break;
      }
    }
    at = start;
    return false;
  }

  /**
   * Returns whether a character starts a word: for PostgreSQL every character beyond ASCII, for H2
   * the letters of Java.
   */
  private boolean isStart(char c) {
    if (driver == JdbcDriver.POSTGRESQL) {
      return c == '_' || isLatin(c) || c > LAST_OF_ASCII;
    }
    return c != '$' && (Character.isJavaIdentifierStart(c) || Character.isSurrogate(c));
  }

  private boolean isPart(char c) {
    if (driver == JdbcDriver.POSTGRESQL) {
      return isStart(c) || c == '$' || (c >= '0' && c <= '9');
    }
    return Character.isJavaIdentifierPart(c) || Character.isSurrogate(c);
  }

  private static boolean isLatin(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /** Reads a number; a name may follow it without a blank. */
  private void number() {
    while (at < sql.length() && Character.isDigit(sql.charAt(at))) {
      at++;
    }
    words.add(new Word("0", false));
  }

  /** Reads a name in quotation marks. */
  private void name(char close, boolean escaped) {
    StringBuilder name = new StringBuilder();
    at++;
    while (at < sql.length()) {
      char c = sql.charAt(at++);
      if (c == close) {
        if (close == ']' || at >= sql.length() || sql.charAt(at) != close) {
          break;
        }
        at++;
      }
      name.append(c);
    }
    String text = escaped ? decoded(name.toString(), escapeCharacter()) : name.toString();
    words.add(new Word(text.toUpperCase(Locale.ROOT), true));
  }

  /** Returns the escape character that UESCAPE names after a name, or a backslash. */
  private char escapeCharacter() {
    SqlWords rest = new SqlWords(sql, driver, other);
    rest.at = at;
    while (rest.at < sql.length() && rest.words.isEmpty() && sql.charAt(rest.at) != '\'') {
      rest.next();
    }
    boolean named = !rest.words.isEmpty() && rest.words.get(0).is("UESCAPE");
    int quote = named ? sql.indexOf('\'', rest.at) : -1;
    if (quote < 0 || quote + 2 >= sql.length()) {
      return '\\';
    }
    at = quote + 3; // Behind the character in quotation marks.
    return sql.charAt(quote + 1);
  }

  /** Resolves escapes: four hex digits, or six after a plus sign. */
  private static String decoded(String name, char escape) {
    String mark = Pattern.quote(String.valueOf(escape));
    return Pattern.compile(mark + "(?:\\+([0-9A-Fa-f]{6})|([0-9A-Fa-f]{4}))")
        .matcher(name)
        .replaceAll(
            found -> {
              String six = found.group(1);
              int code = Integer.parseInt(six == null ? found.group(2) : six, HEX);
              return Matcher.quoteReplacement(
                  Character.isValidCodePoint(code) ? Character.toString(code) : "");
            });
  }

  private int endOfLine() {
    for (int i = at; i < sql.length(); i++) {
      if (sql.charAt(i) == '\n' || sql.charAt(i) == '\r') {
        return i;
      }
    }
    return sql.length();
  }

  /** Returns the end of a comment; both databases nest comments. */
  private int endOfComment() {
    int depth = 1;
    int i = at + 2;
    while (i < sql.length() && depth > 0) {
      if (sql.startsWith("/*", i)) {
        depth++;
        i += 2;
      } else if (sql.startsWith("*/", i)) {
        depth--;
        i += 2;
      } else {
        i++;
      }
    }
    return i;
  }

  private int endOfText(boolean backslashes) {
    int i = at + 1;
    while (i < sql.length()) {
      char c = sql.charAt(i);
      if (backslashes && c == '\\') {
        i += 2;
      } else if (c != '\'') {
        i++;
      } else if (i + 1 < sql.length() && sql.charAt(i + 1) == '\'') {
        i += 2;
      } else {
        return i + 1;
      }
    }
    return sql.length();
  }

  /** {@code $$}, in PostgreSQL also {@code $tag$}; or null. */
  private @Nullable String dollarTag() {
    int end = at + 1;
    while (driver == JdbcDriver.POSTGRESQL
        && end < sql.length()
        && Character.isUnicodeIdentifierPart(sql.charAt(end))
        && (end > at + 1 || !Character.isDigit(sql.charAt(end)))) {
      end++;
    }
    return end < sql.length() && sql.charAt(end) == '$' ? sql.substring(at, end + 1) : null;
  }

  private int endOfDollars() {
    String tag = String.valueOf(dollarTag());
    int end = sql.indexOf(tag, at + tag.length());
    return end < 0 ? sql.length() : end + tag.length();
  }
}
