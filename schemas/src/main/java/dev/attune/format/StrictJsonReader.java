package dev.attune.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads one line token by token. Whatever is not as asked for ends it with an {@link
 * ExampleFormatException} that names the character's number and never quotes the line. Not
 * thread-safe; made for one line.
 */
public final class StrictJsonReader {
  /** Provider lines are six deep. */
  private static final int MAX_DEPTH = 16;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  // Readers bound a record's bytes before they come here.
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final JsonParser parser;

  /**
   * A reader that stands before the first token.
   *
   * @throws ExampleFormatException if the line is not UTF-8
   */
  public StrictJsonReader(byte[] line) {
    try {
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line));
      parser = FACTORY.createParser(text.array(), text.position(), text.remaining());
    } catch (CharacterCodingException e) {
      throw new ExampleFormatException("the line is not UTF-8", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Steps to the next token, which must be the start of an object. */
  public void beginObject() {
    expect(JsonToken.START_OBJECT, "an object");
  }

  /** Steps to the next token, which must be the start of an array. */
  public void beginArray() {
    expect(JsonToken.START_ARRAY, "an array");
  }

  /** The next key of the object, or null where it ends. */
  public @Nullable String nextKey() {
    return next() == JsonToken.FIELD_NAME ? name() : null;
  }

  /** Steps to the next element, which must be an object; false where the array ends. */
  public boolean nextObject() {
    JsonToken token = next();
    if (token != JsonToken.START_OBJECT && token != JsonToken.END_ARRAY) {
      throw fault("this must be an object");
    }
    return token == JsonToken.START_OBJECT;
  }

  /**
   * Steps to the next token, which must be a string or the start of an array.
   *
   * @return the string, or null where an array starts
   */
  public @Nullable String stringOrArray() {
    JsonToken token = next();
    if (token == JsonToken.START_ARRAY) {
      return null;
    }
    if (token != JsonToken.VALUE_STRING) {
      throw fault("this must be a string or an array");
    }
    return text();
  }

  /** The string that comes next; it holds no half surrogate pair. */
  public String string() {
    expect(JsonToken.VALUE_STRING, "a string");
    return text();
  }

  /** Makes sure that nothing follows. */
  public void end() {
    if (next() != null) {
      throw fault("there is more after the end");
    }
  }

  /** The value of a key, unless the key has one already. */
  public <T> T once(@Nullable T earlier, T value) {
    if (earlier != null) {
      throw fault("this key stands twice, or its value is of two kinds");
    }
    return value;
  }

  /** A value that must be there when its object ends. */
  public <T> T required(@Nullable T value, String key) {
    if (value == null) {
      throw fault("before this, the key '" + key + "' is missing");
    }
    return value;
  }

  /** A refusal of the current token. The sentence must not quote the line. */
  public ExampleFormatException fault(String sentence) {
    return fault(parser.currentTokenLocation(), sentence);
  }

  private static ExampleFormatException fault(JsonLocation location, String sentence) {
    return new ExampleFormatException(
        "character " + Math.max(1, location.getCharOffset() + 1) + ": " + sentence);
  }

  private void expect(JsonToken token, String kind) {
    if (next() != token) {
      throw fault("this must be " + kind);
    }
  }

  private @Nullable JsonToken next() {
    try {
      return parser.nextToken();
    } catch (JsonProcessingException e) {
      throw notJson(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String name() {
    try {
      return parser.currentName();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String text() {
    String text;
    try {
      text = parser.getText();
    } catch (JsonProcessingException e) {
      throw notJson(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (Character.charCount(text.codePointAt(i)) == 1) {
          throw fault("this string holds half a surrogate pair");
        }
        i++;
      }
    }
    return text;
  }

  /** Without Jackson's exception as its cause, for that quotes the line. */
  private ExampleFormatException notJson(JsonProcessingException e) {
    JsonLocation location = e.getLocation();
    return fault(location == null ? parser.currentLocation() : location, "this is not JSON");
  }
}
