package dev.attune.launcher.evaluation.fair;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What a line of lineage.jsonl tells of an example's identity. Other fields are skipped unread: a
 * dataset may have millions of lines.
 *
 * @param file the name of the file that the example stands in
 * @param line its line there, from 1
 * @param id its full id
 * @param fingerprint SHA-256 of its line, 64 hex digits
 */
record LineageEntry(String file, long line, String id, String fingerprint) {
  private static final JsonFactory JSON = new JsonFactory();

  /** The entry of a line, or null where the line is no entry. */
  static @Nullable LineageEntry parse(byte[] json) {
    String file = null;
    long line = 0;
    String id = null;
    String fingerprint = null;
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        switch (name) {
          case "file" -> file = parser.getValueAsString();
          case "line" -> line = value.isNumeric() ? parser.getLongValue() : 0;
          case "id" -> id = parser.getValueAsString();
          case "fingerprint" -> fingerprint = parser.getValueAsString();
          default -> parser.skipChildren();
        }
      }
    } catch (IOException e) {
      return null;
    }
    return file == null || id == null || fingerprint == null
        ? null
        : new LineageEntry(file, line, id, fingerprint);
  }
}
