package dev.attune.pipeline.source.feedback.sql;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** What a value of a JSON column says. It is valid JSON: the database has seen to it. */
public final class JsonText {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  private JsonText() {}

  /** Whether it is an object or an array, of which no text can be made. */
  public static boolean isStructured(String json) {
    char first = first(json);
    return first == '{' || first == '[';
  }

  /** The text of a string, null for {@code null}, a number or a boolean as it is written. */
  public static @Nullable String scalar(String json) {
    char first = first(json);
    if (first == 'n') {
      return null;
    }
    if (first != '"') {
      return json.strip();
    }
    try (JsonParser parser = JSON.createParser(json)) {
      parser.nextToken();
      return parser.getText();
    } catch (IOException e) {
      throw new UncheckedIOException("A JSON column holds a string that is no JSON", e);
    }
  }

  /** The first character that is no white space. */
  private static char first(String json) {
    for (int i = 0; i < json.length(); i++) {
      if (!Character.isWhitespace(json.charAt(i))) {
        return json.charAt(i);
      }
    }
    return ' ';
  }
}
