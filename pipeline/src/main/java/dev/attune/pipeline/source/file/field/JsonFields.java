package dev.attune.pipeline.source.file.field;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.attune.bytes.Utf8;
import dev.attune.pipeline.example.RejectionReason;
import dev.attune.pipeline.source.file.cut.RawRecord;
import java.io.IOException;

/**
 * Reads the fields of a JSON object in one strict parse: nesting, numbers and strings are bounded,
 * a mapped key appears once, and nothing follows the object. Other keys are skipped, but must be
 * valid.
 */
public final class JsonFields implements FieldReader {
  private static final int NESTING = 100;

  private final boolean refusesOtherNames;
  private final JsonFactory factory;
  private final ObjectReader trees;

  public JsonFields(int recordBytes, boolean refusesOtherNames) {
    this.refusesOtherNames = refusesOtherNames;
    this.factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(NESTING)
                    .maxStringLength(recordBytes)
                    .maxNameLength(recordBytes)
                    .build())
            // A record is UTF-8, even if it looks like UTF-16.
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            // Names made to collide would otherwise throw an exception that fails the bundle.
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .build();
    this.trees =
        JsonMapper.builder(factory)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build()
            .reader();
  }

  @Override
  public boolean read(RawRecord record, Fields fields) throws IOException {
    try (JsonParser parser =
        factory.createParser(record.bytes(), record.start(), record.length())) {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.START_OBJECT) {
        readObject(parser, fields);
      } else if (first != null) {
        parser.skipChildren();
        fields.report(
            RejectionReason.SCHEMA_VIOLATION,
            null,
            "Expected an object, found " + JsonKind.of(first) + ".");
      }
      if (first == null || parser.nextToken() != null) {
        fields.report(RejectionReason.MALFORMED_RECORD, null);
      }
      return first == JsonToken.START_OBJECT && !fields.unparsed();
    } catch (JsonProcessingException e) {
      // The message is dropped: it may quote the record.
      fields.report(RejectionReason.MALFORMED_RECORD, null);
      return false;
    }
  }

  private void readObject(JsonParser parser, Fields fields) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      if (fields.names().contains(name)) {
        readValue(parser, name, fields);
      } else {
        parser.skipChildren();
        if (refusesOtherNames) {
          fields.unknownKey(name);
        }
      }
    }
  }

  private void readValue(JsonParser parser, String name, Fields fields) throws IOException {
    JsonNode value =
        parser.currentToken() == JsonToken.VALUE_STRING
            ? TextNode.valueOf(parser.getText())
            : trees.readTree(parser);
    if (!fields.set(name, value)) {
      fields.report(RejectionReason.MALFORMED_RECORD, name, "It appears twice.");
    }
    if (hasLoneSurrogate(value)) {
      fields.report(RejectionReason.INVALID_ENCODING, name);
    }
  }

  /** Recursion is bounded, as nesting is. */
  private static boolean hasLoneSurrogate(JsonNode value) {
    if (value.isTextual()) {
      return Utf8.hasLoneSurrogate(value.textValue());
    }
    for (JsonNode item : value) {
      if (hasLoneSurrogate(item)) {
        return true;
      }
    }
    return false;
  }
}
