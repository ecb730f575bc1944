package dev.attune.pipeline.source.file.head;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import dev.attune.bytes.Utf8;
import dev.attune.message.Messages;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The header of a CSV file: which columns it has, and why it cannot be used.
 *
 * @param columns the names as written; empty if the header cannot be parsed
 * @param fault or null
 */
public record CsvHeader(List<String> columns, @Nullable HeadFault fault) {
  /** The header of a file without records, which needs none. */
  public static final CsvHeader NONE = new CsvHeader(List.of(), null);

  private static final String EXCEL_HINT = "sep=";
  private static final int LONGEST_EXCEL_HINT = EXCEL_HINT.length() + 2;

  public CsvHeader {
    columns = List.copyOf(columns);
  }

  /**
   * Parses the first record of a file.
   *
   * @param header its bytes, without a byte order mark and line end
   * @param names the mapped columns, all of them required, and null for those not mapped
   */
  public static CsvHeader of(byte[] header, char separator, List<@Nullable String> names) {
    if (!Utf8.isValid(header, 0, header.length)) {
      return refused(Messages.of("pipeline.csv.header-not-utf8"));
    }
    String text = new String(header, StandardCharsets.UTF_8);
    String plain = text.startsWith("\"") ? text.substring(1) : text;
    if (plain.regionMatches(true, 0, EXCEL_HINT, 0, EXCEL_HINT.length())
        && plain.length() <= LONGEST_EXCEL_HINT) {
      return refused(excelHint(plain, separator));
    }
    if (text.startsWith("{") || text.startsWith("[")) {
      return refused(Messages.of("pipeline.csv.json"));
    }
    List<String> columns = parsed(text, separator);
    if (columns.isEmpty()) {
      return refused(Messages.of("pipeline.csv.header-text-after-quote"));
    }
    return new CsvHeader(columns, fault(text, separator, columns, names));
  }

  /** Returns the fault of a file whose first record does not end. */
  static CsvHeader endless() {
    return refused(Messages.of("pipeline.csv.header-open-quote"));
  }

  private static CsvHeader refused(String sentence) {
    return new CsvHeader(List.of(), HeadFault.ofFile(sentence));
  }

  private static String excelHint(String line, char separator) {
    boolean names = line.length() > EXCEL_HINT.length();
    char named = names ? line.charAt(EXCEL_HINT.length()) : separator;
    String shown = EXCEL_HINT + (names ? SeparatorGuess.plain(named) : "");
    return named == separator
        ? Messages.of("pipeline.csv.excel-hint", shown)
        : Messages.of("pipeline.csv.excel-hint-separator", shown, SeparatorGuess.shown(named));
  }

  private static @Nullable HeadFault fault(
      String text, char separator, List<String> columns, List<@Nullable String> names) {
    Set<String> seen = new HashSet<>();
    for (String column : columns) {
      if (!seen.add(column) && names.contains(column)) {
        String twice = Messages.of("pipeline.csv.column-twice", MissingColumns.shown(column));
        return new HeadFault(twice, names.indexOf(column));
      }
    }
    List<String> missing = new ArrayList<>();
    for (String name : names) {
      if (name != null && !seen.contains(name) && !missing.contains(name)) {
        missing.add(name);
      }
    }
    return missing.isEmpty()
        ? null
        : new HeadFault(
            new MissingColumns(text, separator, columns, missing).sentence(),
            names.indexOf(missing.get(0)));
  }

  /** Returns the fields of a record; empty if it cannot be parsed. */
  static List<String> parsed(String text, char separator) {
    try {
      CsvRecord record =
          CsvReader.builder()
              .fieldSeparator(separator)
              .ofSingleCsvRecord(CsvRecordHandler.builder().build(), text);
      return record.getFields();
    } catch (CsvParseException e) {
      return List.of();
    }
  }
}
