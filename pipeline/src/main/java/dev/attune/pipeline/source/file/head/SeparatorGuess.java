package dev.attune.pipeline.source.file.head;

import dev.attune.pipeline.source.file.find.ShownName;
import java.util.List;
import java.util.OptionalInt;

/** Guesses the separator of a header that lacks columns. */
final class SeparatorGuess {
  private static final List<Character> KNOWN = List.of(',', ';', '\t', '|');

  private SeparatorGuess() {}

  /** Returns another separator with which more of the names are found, if there is one. */
  static OptionalInt of(String header, char separator, List<String> missing) {
    int best = 0;
    OptionalInt guess = OptionalInt.empty();
    for (char other : KNOWN) {
      if (other != separator) {
        int found = found(CsvHeader.parsed(header, other), missing);
        if (found > best) {
          best = found;
          guess = OptionalInt.of(other);
        }
      }
    }
    return guess;
  }

  /** Returns a separator as written in attune.yaml. */
  static String shown(char separator) {
    return "\"" + plain(separator) + "\"" + (separator == '\t' ? " (a tab)" : "");
  }

  static String plain(char separator) {
    return separator == '\t' ? "\\t" : ShownName.of(String.valueOf(separator));
  }

  /** Returns how many of the names are columns; none of a header with one column. */
  private static int found(List<String> columns, List<String> names) {
    int found = 0;
    for (String column : columns) {
      for (String name : names) {
        found += MissingColumns.isAlike(column, name) ? 1 : 0;
      }
    }
    return columns.size() > 1 ? found : 0;
  }
}
