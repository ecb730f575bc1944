package dev.attune.pipeline.source.file.head;

import dev.attune.message.Messages;
import dev.attune.pipeline.source.file.find.ShownName;
import dev.attune.schema.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * Describes which columns a header lacks and what is probably wrong with it. Never quotes a first
 * line that seems to be a record.
 *
 * @param header its text
 * @param separator with which it was parsed
 * @param columns the names in it
 * @param missing the names that it lacks
 */
record MissingColumns(String header, char separator, List<String> columns, List<String> missing) {
  private static final int SHOWN_COLUMNS = 20;
  private static final int SHOWN_CHARACTERS = 40;

  /** The maximum number of columns with which names are compared, and their maximum length. */
  private static final int COMPARED_COLUMNS = 1_000;

  private static final int COMPARED_CHARACTERS = 64;

  String sentence() {
    String lacks = list(missing);
    if (isQuotedWhole()) {
      return Messages.of("pipeline.csv.quoted-rows", lacks, shown(columns.get(0)));
    }
    OptionalInt other = SeparatorGuess.of(header, separator, missing);
    List<String> alike = columns.stream().filter(this::isAlikeToMissing).toList();
    if (other.isPresent() && alike.isEmpty()) {
      String shown = SeparatorGuess.shown((char) other.orElseThrow());
      return Messages.of("pipeline.csv.other-separator", lacks, shown, shown);
    }
    List<String> nearest = nearest();
    if (alike.isEmpty() && nearest.isEmpty() && isRecord()) {
      return Messages.of("pipeline.csv.no-header", lacks);
    }
    if (!alike.isEmpty()) {
      return Messages.of(
          alike.size() == 1 ? "pipeline.csv.alike-column" : "pipeline.csv.alike-columns",
          lacks,
          list(columns),
          list(alike));
    }
    return nearest.isEmpty()
        ? Messages.of("pipeline.csv.no-column", lacks, list(columns))
        : Messages.of(
            "pipeline.csv.no-column-but", lacks, list(columns), String.join(", ", nearest));
  }

  /** Returns whether the only field of the header is a header itself. */
  private boolean isQuotedWhole() {
    if (columns.size() != 1 || !header.startsWith("\"")) {
      return false;
    }
    String inner = columns.get(0);
    List<String> fields = CsvHeader.parsed(inner, separator);
    boolean here = fields.stream().anyMatch(this::isAlikeToMissing);
    return (fields.size() > 1 && here) || SeparatorGuess.of(inner, separator, missing).isPresent();
  }

  private boolean isAlikeToMissing(String column) {
    return missing.stream().anyMatch(name -> isAlike(column, name));
  }

  /** Returns whether two names differ only in case, blanks and invisible characters. */
  static boolean isAlike(String column, String name) {
    return column.length() <= COMPARED_CHARACTERS && folded(column).equals(folded(name));
  }

  private static String folded(String name) {
    StringBuilder folded = new StringBuilder();
    name.codePoints()
        .filter(c -> !Character.isWhitespace(c) && !Character.isSpaceChar(c))
        .filter(c -> Character.getType(c) != Character.FORMAT && !Character.isISOControl(c))
        .forEach(folded::appendCodePoint);
    return folded.toString().toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  private List<String> nearest() {
    List<String> known =
        columns.stream()
            .limit(COMPARED_COLUMNS)
            .filter(column -> !column.isBlank() && column.length() <= COMPARED_CHARACTERS)
            .toList();
    List<String> nearest = new ArrayList<>();
    for (String name : missing) {
      Optional<String> near = NearestName.of(name, known);
      near.ifPresent(column -> nearest.add(shown(column) + " for " + shown(name)));
    }
    return nearest;
  }

  /** Returns whether a column is too long for a name, or a number. */
  private boolean isRecord() {
    return columns.stream()
        .anyMatch(
            column ->
                column.length() > SHOWN_CHARACTERS
                    || (!column.isEmpty() && column.chars().allMatch(c -> c >= '0' && c <= '9')));
  }

  private static String list(List<String> names) {
    String list =
        names.stream()
            .limit(SHOWN_COLUMNS)
            .map(MissingColumns::shown)
            .collect(Collectors.joining(", "));
    return names.size() > SHOWN_COLUMNS ? list + ", …" : list;
  }

  /** Returns a name in quotes, which show its blanks, cut to a readable length. */
  static String shown(String name) {
    String start =
        name.codePointCount(0, name.length()) <= SHOWN_CHARACTERS
            ? name
            : name.substring(0, name.offsetByCodePoints(0, SHOWN_CHARACTERS)) + "…";
    return "\"" + ShownName.of(start) + "\"";
  }
}
