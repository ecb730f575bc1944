package dev.attune.pipeline.source.file.head;

import dev.attune.pipeline.source.file.find.ShownName;
import java.util.List;
import java.util.OptionalInt;

/** By what a header that lacks its columns seems to be separated. */
final class SeparatorGuess {
  private static final List<Character> KNOWN = List.of(',', ';', '\t', '|');

  private SeparatorGuess() {}

  /** Another separator under which more of the names are there. */
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

  /** As in attune.yaml. */
  static String shown(char separator) {
    return "\"" + plain(separator) + "\"" + (separator == '\t' ? " (a tab)" : "");
  }

  static String plain(char separator) {
    return separator == '\t' ? "\\t" : ShownName.of(String.valueOf(separator));
  }

  /** How many of the names stand in columns of which there are two or more. */
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
