package dev.attune.format;

import dev.attune.format.json.JsonCursor;
import dev.attune.format.json.Keys;
import dev.attune.format.json.MalformedLineException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one line token by token. A token other than the requested one ends the reading with an
 * {@link ExampleFormatException} that gives the byte's number and never quotes the line. Not
 * thread-safe; an instance reads one line.
 */
public final class StrictJsonReader {
  private static final Keys NO_KEYS = Keys.of();

  private final JsonCursor in = new JsonCursor();

  /** The offset of the token that was read last. */
  private int token;

  /** Whether an object or array was just opened, and whether that one is empty. */
  private boolean opened;

  private boolean empty;

  /** Creates a reader that is positioned before the first token of a line. */
  public StrictJsonReader(byte[] line) {
    in.resetText(line);
  }

  /** Reads the start of an object. */
  public void beginObject() {
    begin('{', "an object");
  }

  /** Reads the start of an array. */
  public void beginArray() {
    begin('[', "an array");
  }

  /** Returns the next key of the object and reads its colon, or null at the object's end. */
  public @Nullable String nextKey() {
    if (!next('}')) {
      return null;
    }
    token = in.offset();
    try {
      in.key(NO_KEYS);
    } catch (MalformedLineException e) {
      throw malformed(e);
    }
    return in.text();
  }

  /** Reads the start of the next element, an object; returns false at the array's end. */
  public boolean nextObject() {
    if (!next(']')) {
      return false;
    }
    beginObject();
    return true;
  }

  /** Returns the string that follows, or null after reading the start of an array. */
  public @Nullable String stringOrArray() {
    if (in.peek() == '[') {
      beginArray();
      return null;
    }
    return string("a string or an array");
  }

  /** Returns the string that follows; it has no half surrogate pair. */
  public String string() {
    return string("a string");
  }

  /** Requires the end of the line. */
  public void end() {
    try {
      in.finish();
    } catch (MalformedLineException e) {
      throw new ExampleFormatException(
          "byte " + (in.offset() + 1) + ": there is more after the end");
    }
  }

  /** Returns the value of a key, and refuses a key that already has one. */
  public <T> T once(@Nullable T earlier, T value) {
    if (earlier != null) {
      throw fault("this key is repeated, or its value is of two kinds");
    }
    return value;
  }

  /** Returns a value that must be present at the end of its object. */
  public <T> T required(@Nullable T value, String key) {
    if (value == null) {
      throw fault("before this, the key '" + key + "' is missing");
    }
    return value;
  }

  /** Creates a refusal of the current token. The sentence must not quote the line. */
  public ExampleFormatException fault(String sentence) {
    return new ExampleFormatException("byte " + (token + 1) + ": " + sentence);
  }

  private void begin(char bracket, String kind) {
    token = in.offset();
    if (in.peek() != bracket) {
      throw fault("this must be " + kind);
    }
    try {
      empty = !in.open(bracket);
    } catch (MalformedLineException e) {
      throw malformed(e);
    }
    opened = true;
  }

  /** Moves to the next key or element; returns false after reading the closing bracket. */
  private boolean next(char closing) {
    try {
      boolean more = opened ? !empty : in.more(closing);
      opened = false;
      token = more ? token : in.offset() - 1;
      return more;
    } catch (MalformedLineException e) {
      throw malformed(e);
    }
  }

  private String string(String kind) {
    token = in.offset();
    if (in.peek() != '"') {
      throw fault("this must be " + kind);
    }
    try {
      in.string();
    } catch (MalformedLineException e) {
      throw malformed(e);
    }
    return in.text();
  }

  private static ExampleFormatException malformed(MalformedLineException e) {
    return new ExampleFormatException(
        e.utf8()
            ? "byte " + (e.at() + 1) + ": " + e.getMessage() + " here"
            : "the line is not UTF-8");
  }
}
