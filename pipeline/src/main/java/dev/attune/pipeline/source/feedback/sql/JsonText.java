package dev.attune.pipeline.source.feedback.sql;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Converts values of JSON columns to text. The database guarantees that they are valid JSON. */
public final class JsonText {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  private JsonText() {}

  /** Returns whether a value is an object or an array, which has no text. */
  public static boolean isStructured(String json) {
    String start = json.stripLeading();
    return start.startsWith("{") || start.startsWith("[");
  }

  /** Returns the text of a string, null for {@code null}, a number or boolean as written. */
  public static @Nullable String scalar(String json) {
    String value = json.strip();
    if (value.startsWith("n")) {
      return null;
    }
    if (!value.startsWith("\"")) {
      return value;
    }
    try (JsonParser parser = JSON.createParser(json)) {
      parser.nextToken();
      return parser.getText();
    } catch (IOException e) {
      throw new UncheckedIOException("A JSON column has a string that is not JSON", e);
    }
  }
}
