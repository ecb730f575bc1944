package dev.attune.pipeline.read.file;

import com.fasterxml.jackson.databind.node.TextNode;
import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvReader.CsvReaderBuilder;
import dev.attune.pipeline.read.Utf8;
import dev.attune.pipeline.rejection.RejectionReason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a CSV record, by the header of its file. A record with more or fewer fields than
 * the header is malformed, and so is one with text behind a closing quote. A quote within a field
 * that does not start with one is text.
 *
 * <p>The record is shown to the parser as ISO-8859-1, where a character is a byte, and its fields
 * are decoded afterwards: separator, quote and line ends are ASCII and so never part of another
 * character of UTF-8.
 */
final class CsvFields implements FieldReader {
  private static final int SHOWN_COLUMNS = 20;
  private static final int SHOWN_CHARACTERS = 40;

  private final CsvReaderBuilder parser;
  private final @Nullable String[] mapped;

  private CsvFields(CsvReaderBuilder parser, @Nullable String[] mapped) {
    this.parser = parser;
    this.mapped = mapped;
  }

  /**
   * By the header of a file.
   *
   * @param columns what {@link #columns} found there
   * @param names the mapped columns, all of which must be there, and null for those not mapped
   * @throws RefusedFileException where one is not, or stands twice
   */
  static CsvFields of(
      String file, char separator, List<String> columns, List<@Nullable String> names)
      throws RefusedFileException {
    Set<String> seen = new HashSet<>();
    @Nullable String[] mapped = new @Nullable String[columns.size()];
    for (int i = 0; i < mapped.length; i++) {
      String column = columns.get(i);
      if (!seen.add(column) && names.contains(column)) {
        throw new RefusedFileException(
            file, "The header has the column " + shown(column) + " twice: rename one of them.");
      }
      mapped[i] = names.contains(column) ? column : null;
    }
    for (String name : names) {
      if (name != null && !seen.contains(name)) {
        throw new RefusedFileException(
            file,
            "The file has no column "
                + name
                + ": it has "
                + shown(columns)
                + "; correct columns"
                + " or separator in attune.yaml, or the file's header.");
      }
    }
    return new CsvFields(parser(separator), mapped);
  }

  /** The names in a header; none of a header that is too large or no UTF-8. */
  static List<String> columns(RawRecord header, char separator) {
    List<String> columns = new ArrayList<>();
    if (!header.tooLarge() && Utf8.isValid(header.bytes(), header.start(), header.end())) {
      int count = parse(parser(separator), header, new CollectColumns(columns));
      return count == columns.size() ? columns : List.of();
    }
    return columns;
  }

  @Override
  public boolean read(RawRecord record, Fields fields) {
    int count = parse(parser, record, new SetFields(mapped, fields));
    if (count != mapped.length) {
      fields.report(RejectionReason.MALFORMED_RECORD, null);
    }
    return count == mapped.length;
  }

  private static CsvReaderBuilder parser(char separator) {
    return CsvReader.builder().fieldSeparator(separator);
  }

  /** The number of fields; -1 where the record cannot be parsed. */
  private static int parse(CsvReaderBuilder parser, RawRecord record, CountFields handler) {
    String bytes =
        new String(record.bytes(), record.start(), record.length(), StandardCharsets.ISO_8859_1);
    try {
      return parser.ofSingleCsvRecord(handler, bytes);
    } catch (CsvParseException e) {
      return -1;
    }
  }

  private static String shown(List<String> columns) {
    String shown =
        columns.stream()
            .limit(SHOWN_COLUMNS)
            .map(CsvFields::shown)
            .collect(Collectors.joining(", "));
    return columns.isEmpty()
        ? "no header that can be read"
        : columns.size() > SHOWN_COLUMNS ? shown + ", …" : shown;
  }

  private static String shown(String column) {
    return column.length() <= SHOWN_CHARACTERS
        ? column
        : column.substring(0, SHOWN_CHARACTERS) + "…";
  }

  /** Gives the number of fields. */
  private abstract static class CountFields extends AbstractBaseCsvCallbackHandler<Integer> {
    @Override
    protected Integer buildRecord() {
      return getFieldCount();
    }

    static String decoded(char[] buffer, int offset, int length) {
      byte[] bytes = new byte[length];
      for (int i = 0; i < length; i++) {
        bytes[i] = (byte) buffer[offset + i];
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private static final class CollectColumns extends CountFields {
    private final List<String> columns;

    CollectColumns(List<String> columns) {
      this.columns = columns;
    }

    @Override
    protected void handleField(int column, char[] buffer, int offset, int length, boolean quoted) {
      columns.add(decoded(buffer, offset, length));
    }
  }

  private static final class SetFields extends CountFields {
    private final @Nullable String[] mapped;
    private final Fields fields;

    SetFields(@Nullable String[] mapped, Fields fields) {
      this.mapped = mapped;
      this.fields = fields;
    }

    @Override
    protected void handleField(int column, char[] buffer, int offset, int length, boolean quoted) {
      String name = column < mapped.length ? mapped[column] : null;
      if (name != null) {
        fields.set(name, TextNode.valueOf(decoded(buffer, offset, length)));
      }
    }
  }
}
