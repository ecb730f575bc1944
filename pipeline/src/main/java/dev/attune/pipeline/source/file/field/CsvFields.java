package dev.attune.pipeline.source.file.field;

import com.fasterxml.jackson.databind.node.TextNode;
import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvReader.CsvReaderBuilder;
import dev.attune.pipeline.example.RejectionReason;
import dev.attune.pipeline.source.file.cut.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a CSV record, which the header of its file names. A record with more or fewer
 * fields than the header, or with text after a closing quote, is malformed. A quote within a field
 * that does not start with one is text.
 *
 * <p>The parser gets the record as ISO-8859-1, where a character is a byte, and its fields are
 * decoded afterwards: separator, quote and line ends are ASCII and so never part of another
 * character of UTF-8.
 */
public final class CsvFields implements FieldReader {
  private final CsvReaderBuilder parser;
  private final @Nullable String[] mapped;

  /**
   * Creates a reader for the records under a header.
   *
   * @param columns the names in the header; each mapped one appears once
   * @param names the mapped columns, and null for those not mapped
   */
  public CsvFields(char separator, List<String> columns, List<@Nullable String> names) {
    this.parser = CsvReader.builder().fieldSeparator(separator);
    this.mapped = columns.stream().map(c -> names.contains(c) ? c : null).toArray(String[]::new);
  }

  @Override
  public boolean read(RawRecord record, Fields fields) {
    int count = parse(record, new SetFields(mapped, fields));
    if (count != mapped.length) {
      fields.report(RejectionReason.MALFORMED_RECORD, null, fault(count));
    }
    return count == mapped.length;
  }

  private @Nullable String fault(int count) {
    return count < 0
        ? null
        : "It has "
            + count
            + (count == 1 ? " field" : " fields")
            + ", the header "
            + mapped.length
            + ".";
  }

  /** Returns the number of fields, or -1 if the record cannot be parsed. */
  private int parse(RawRecord record, SetFields handler) {
    String bytes =
        new String(record.bytes(), record.start(), record.length(), StandardCharsets.ISO_8859_1);
    try {
      return parser.ofSingleCsvRecord(handler, bytes);
    } catch (CsvParseException e) {
      return -1;
    }
  }

  /** Sets the mapped fields of a record and returns the number of all its fields. */
  private static final class SetFields extends AbstractBaseCsvCallbackHandler<Integer> {
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

    @Override
    protected Integer buildRecord() {
      return getFieldCount();
    }

    private static String decoded(char[] buffer, int offset, int length) {
      byte[] bytes = new byte[length];
      for (int i = 0; i < length; i++) {
        bytes[i] = (byte) buffer[offset + i];
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
