package dev.attune.launcher.evaluation.fair;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The identity of an example in a line of lineage.jsonl. Other fields are skipped, because a
 * dataset may have millions of lines.
 *
 * @param file name of the file with the example
 * @param line line of the example in that file, from 1
 * @param id full id of the example
 * @param fingerprint SHA-256 of the line, 64 hex digits
 */
record LineageEntry(String file, long line, String id, String fingerprint) {
  private static final JsonFactory JSON = new JsonFactory();

  /** Returns the entry of a line, or null if the line is invalid. */
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
