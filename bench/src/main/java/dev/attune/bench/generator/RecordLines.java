package dev.attune.bench.generator;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes generated records as lines of files, with the faults of their kind. */
final class RecordLines {
  /** The first line of a CSV file. */
  static final String CSV_HEADER = "id,child_id,note,domains,photo,observed_at\n";

  /** Inside the id: inside the note it could replace a quote and so join two records. */
  private static final int BAD_BYTE_IN_CSV = "o-".length();

  private static final int BAD_BYTE_IN_JSON = "{\"id\":\"o-".length();

  private static final JsonStringEncoder JSON = JsonStringEncoder.getInstance();

  private final RecordContent content;

  RecordLines(RecordContent content) {
    this.content = content;
  }

  /** Returns an observation as a JSON line with its line end. */
  byte[] observation(int record) {
    StringBuilder line = new StringBuilder("{\"id\":");
    string(line, content.id(record));
    optional(line, "child_id", content.child(record));
    if (content.kind(record) != RecordKind.NO_TEXT) {
      optional(line, "note", content.text(record));
    }
    line.append(",\"domains\":[");
    List<String> categories = content.categories(record);
    for (int i = 0; i < categories.size(); i++) {
      string(i == 0 ? line : line.append(','), categories.get(i));
    }
    line.append(']');
    optional(line, "photo", content.photo(record));
    optional(line, "observed_at", content.time(record));
    return jsonLine(record, line.append('}'));
  }

  /** Returns a generated sample as a JSON line with its line end. */
  byte[] sample(int record) {
    StringBuilder line = new StringBuilder("{\"id\":");
    string(line, content.id(record));
    if (content.kind(record) != RecordKind.NO_TEXT) {
      optional(line, "prompt", content.text(record));
    }
    optional(line, "response", String.join(", ", content.categories(record)));
    optional(line, "group", content.child(record));
    optional(line, "parent", content.parent(record));
    optional(line, "model", "generator-1");
    optional(line, "createdAt", content.time(record));
    return jsonLine(record, line.append('}'));
  }

  /** Returns an observation as a CSV record with its line end. */
  byte[] csv(int record) {
    RecordKind kind = content.kind(record);
    String note = kind == RecordKind.NO_TEXT ? "" : content.text(record);
    String line =
        content.id(record)
            + ','
            + orEmpty(content.child(record))
            + ",\""
            + note.replace("\"", "\"\"")
            + "\","
            + content.categories(record).stream().collect(Collectors.joining("|"))
            + ','
            + orEmpty(content.photo(record))
            + ','
            + content.time(record)
            + (kind == RecordKind.MALFORMED ? ",one,more\n" : "\n");
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    if (kind == RecordKind.BAD_BYTE) {
      bytes[BAD_BYTE_IN_CSV] = (byte) 0xff;
    }
    return bytes;
  }

  private byte[] jsonLine(int record, StringBuilder line) {
    RecordKind kind = content.kind(record);
    if (kind == RecordKind.MALFORMED) {
      line.setLength(line.length() / 2);
    }
    byte[] bytes = line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    if (kind == RecordKind.BAD_BYTE) {
      bytes[BAD_BYTE_IN_JSON] = (byte) 0xff;
    }
    return bytes;
  }

  private static void optional(StringBuilder line, String key, @Nullable String value) {
    if (value != null) {
      line.append(",\"").append(key).append("\":");
      string(line, value);
    }
  }

  private static void string(StringBuilder line, String value) {
    line.append('"');
    JSON.quoteAsString(value, line);
    line.append('"');
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
