package dev.attune.pipeline.source.file.field;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;

/** Names the type of a JSON value in a sentence. */
final class JsonKind {
  private JsonKind() {}

  static String of(JsonNode value) {
    return of(value.asToken());
  }

  /** Returns the type of the value that starts with this token. */
  static String of(JsonToken first) {
    return switch (first) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "a list";
      case VALUE_STRING -> "text";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "true or false";
      case VALUE_NULL -> "null";
      default -> "nothing";
    };
  }
}
