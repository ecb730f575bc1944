package dev.attune.pipeline.source.feedback.sql;

import dev.attune.message.Messages;
import dev.attune.pipeline.source.SourceException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The name of a table in {@code sources.feedback.table}: parts between dots. A part in quotation
 * marks, which are doubled inside, is used exactly, dots and blanks included. Any other part is
 * also tried in lower and upper case, because databases fold names that are not quoted.
 *
 * @param parts database and schema, if given, and the table; at least one
 */
public record TableName(List<Part> parts) {
  private static final char QUOTE = '"';

  public TableName {
    parts = List.copyOf(parts);
  }

  /** A part of the name. */
  public record Part(String name, boolean quoted) {
    /** Returns whether this part may mean a name in the database. */
    boolean matches(String own) {
      return quoted ? name.equals(own) : name.equalsIgnoreCase(own);
    }
  }

  /** Parses a name. */
  public static TableName parse(String text) throws SourceException {
    if (text.indexOf('\0') >= 0) {
      throw new SourceException(Messages.of("pipeline.feedback.table-nul"));
    }
    List<Part> parts = new ArrayList<>();
    int at = 0;
    while (at <= text.length()) {
      int start = skipBlanks(text, at);
      boolean quoted = start < text.length() && text.charAt(start) == QUOTE;
      int end = quoted ? endOfQuoted(text, start) : endOfPlain(text, start);
      String name = text.substring(start, end);
      parts.add(quoted ? new Part(unquoted(name), true) : new Part(name.strip(), false));
      if (parts.get(parts.size() - 1).name().isEmpty()) {
        throw new SourceException(Messages.of("pipeline.feedback.table-empty-name"));
      }
      at = skipBlanks(text, end) + 1;
      if (at <= text.length() && text.charAt(at - 1) != '.') {
        throw new SourceException(Messages.of("pipeline.feedback.table-text-after-quote"));
      }
    }
    return new TableName(parts);
  }

  private static int skipBlanks(String text, int from) {
    int at = from;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static int endOfPlain(String text, int start) {
    int dot = text.indexOf('.', start);
    return dot < 0 ? text.length() : dot;
  }

  private static int endOfQuoted(String text, int start) throws SourceException {
    int at = start + 1;
    while (at < text.length()) {
      if (text.charAt(at) != QUOTE) {
        at++;
      } else if (at + 1 < text.length() && text.charAt(at + 1) == QUOTE) {
        at += 2;
      } else {
        return at + 1;
      }
    }
    throw new SourceException(Messages.of("pipeline.feedback.table-open-quote"));
  }

  /** Returns the name without its quotation marks. */
  static String unquoted(String name) {
    return name.substring(1, name.length() - 1).replace("\"\"", "\"");
  }

  /** Returns whether a name is in quotation marks as a whole, so that it is matched exactly. */
  public static boolean isQuoted(String name) {
    return name.length() > 2
        && name.charAt(0) == QUOTE
        && name.charAt(name.length() - 1) == QUOTE
        && unquoted(name).replace("\"", "\"\"").length() == name.length() - 2;
  }

  /** Returns a name quoted for SQL, so that it cannot be anything but a name. */
  public static String quoted(String name, String quote) {
    return quote + name.replace(quote, quote + quote) + quote;
  }

  Part table() {
    return parts.get(parts.size() - 1);
  }

  /** Returns the names to try after FROM: as written, in lower case, in upper case. */
  public Set<String> candidates(String quote) {
    List<UnaryOperator<String>> folds =
        List.of(s -> s, s -> s.toLowerCase(Locale.ROOT), s -> s.toUpperCase(Locale.ROOT));
    Set<String> candidates = new LinkedHashSet<>();
    for (UnaryOperator<String> fold : folds) {
      candidates.add(
          parts.stream()
              .map(part -> quoted(part.quoted() ? part.name() : fold.apply(part.name()), quote))
              .collect(Collectors.joining(".")));
    }
    return candidates;
  }
}
