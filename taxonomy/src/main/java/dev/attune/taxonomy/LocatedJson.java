package dev.attune.taxonomy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.attune.message.Messages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A JSON value with its line, for messages about faults. */
sealed interface LocatedJson {

  /** The maximum nesting depth; real taxonomies need a tenth of it. */
  int MAX_DEPTH = 100;

  /** Returns the line of the value, from 1. */
  int line();

  /** Returns the kind of the value for messages: {@code a string}, {@code an object} and so on. */
  String kind();

  /** A string. */
  record Text(int line, String value) implements LocatedJson {
    @Override
    public String kind() {
      return "a string";
    }
  }

  /** An array. */
  record Items(int line, List<LocatedJson> values) implements LocatedJson {
    @Override
    public String kind() {
      return "an array";
    }
  }

  /** An object; may have repeated keys. */
  record Entries(int line, List<Entry> entries) implements LocatedJson {
    @Override
    public String kind() {
      return "an object";
    }
  }

  /** A number, a boolean or null. */
  record Other(int line, String kind) implements LocatedJson {}

  /** A key of an object with its value. */
  record Entry(int line, String key, LocatedJson value) {}

  /**
   * Parses the only value of a text.
   *
   * @throws IOException if the text is not JSON, has more than one value or is nested too deep
   */
  static LocatedJson parse(String json) throws IOException {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(TaxonomyLoader.MAX_BYTES)
                    .build())
            .build();
    try (JsonParser parser = factory.createParser(json)) {
      if (parser.nextToken() == null) {
        throw new JsonParseException(parser, Messages.of("taxonomy.taxonomy.empty-file"));
      }
      LocatedJson value = valueAt(parser);
      if (parser.nextToken() != null) {
        throw new JsonParseException(parser, Messages.of("taxonomy.taxonomy.trailing"));
      }
      return value;
    }
  }

  private static LocatedJson valueAt(JsonParser parser) throws IOException {
    int line = parser.currentTokenLocation().getLineNr();
    return switch (parser.currentToken()) {
      case START_OBJECT -> entriesAt(parser, line);
      case START_ARRAY -> itemsAt(parser, line);
      case VALUE_STRING -> new Text(line, parser.getText());
      case VALUE_NULL -> new Other(line, "null");
      case VALUE_TRUE, VALUE_FALSE -> new Other(line, "a boolean");
      default -> new Other(line, "a number");
    };
  }

  private static Entries entriesAt(JsonParser parser, int line) throws IOException {
    List<Entry> entries = new ArrayList<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      int keyLine = parser.currentTokenLocation().getLineNr();
      String key = parser.currentName();
      parser.nextToken();
      entries.add(new Entry(keyLine, key, valueAt(parser)));
    }
    return new Entries(line, entries);
  }

  private static Items itemsAt(JsonParser parser, int line) throws IOException {
    List<LocatedJson> values = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      values.add(valueAt(parser));
    }
    return new Items(line, values);
  }
}
