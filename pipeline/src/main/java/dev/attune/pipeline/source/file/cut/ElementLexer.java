package dev.attune.pipeline.source.file.cut;

import java.util.Arrays;

/**
 * Scans the tokens of one element of a JSON array up to the comma or bracket after it.
 *
 * <p>The element's end is certain as long as its strings and brackets occur where the grammar of
 * JSON allows them. A fault that does not affect them (a bad number, a name without quotes, a
 * missing value, an extra comma) does not change where the element ends. Every other fault does,
 * and is {@link Outcome#UNCERTAIN}:
 *
 * <ul>
 *   <li>a line end within a string;
 *   <li>a word directly after or before a string, a string or bracket where a comma or colon is
 *       expected, an unexpected colon: after one missing quote, the insides of strings are outside,
 *       so that the next name shows the fault;
 *   <li>a bracket that closes another kind, or none, or opens where a name is expected;
 *   <li>an object in an array that is itself an element: it may be a record.
 * </ul>
 *
 * <p>So a whole element cannot be hidden within another, unless the damage leaves legal JSON, as
 * when the brackets at the end of one element and the start of another are both replaced.
 */
public final class ElementLexer {
  /** The reason why a scan stopped. */
  public enum Outcome {
    /** The bytes are used up. */
    MORE,
    /** A CR or LF outside of strings. */
    LINE_END,
    /** The comma after the element, or the bracket that closes the array. */
    END,
    /** A fault after which the end of the element is not known. */
    UNCERTAIN
  }

  private enum Expected {
    VALUE,
    FIRST_ITEM,
    FIRST_NAME,
    NAME,
    COLON,
    SEPARATOR
  }

  private enum Last {
    MARK,
    TEXT,
    WORD
  }

  /** Deeper nesting is not followed. */
  private static final int DEEPEST = 1 << 20;

  private static final byte WORD = 0;
  private static final byte SPACE = 1;
  private static final byte LINE_END = 2;
  private static final byte QUOTE = 3;
  private static final byte OPEN = 4;
  private static final byte CLOSE = 5;
  private static final byte COMMA = 6;
  private static final byte COLON = 7;

  private static final byte[] KINDS = kinds();

  private Expected expected = Expected.VALUE;
  private Last last = Last.MARK;
  private boolean inText;
  private boolean escaped;
  private int depth;
  private long[] arrays = new long[2];
  private int position;

  /** Starts an element with the next byte to scan. */
  public void begin() {
    expected = Expected.VALUE;
    last = Last.MARK;
    inText = false;
    escaped = false;
    depth = 0;
  }

  /** Returns the index of the byte at which the last scan stopped. */
  public int position() {
    return position;
  }

  /** Returns whether nothing but white space was scanned. */
  public boolean isEmpty() {
    return depth == 0 && !inText && expected == Expected.VALUE;
  }

  /** Returns whether a value was scanned to its end, judging by brackets and quotes. */
  public boolean hasValue() {
    return depth == 0 && !inText && expected == Expected.SEPARATOR;
  }

  /** Returns whether a value was scanned that no further byte could continue. */
  public boolean isComplete() {
    return hasValue() && last != Last.WORD;
  }

  /** Returns whether the last scan stopped outside of all brackets. */
  public boolean isOutside() {
    return depth == 0;
  }

  /** Continues with the bytes from one index to before another; returns what stopped the scan. */
  public Outcome scan(byte[] bytes, int from, int to) {
    int i = from;
    while (true) {
      if (inText) {
        i = skipText(bytes, i, to);
        if (i == to) {
          return stop(to, Outcome.MORE);
        }
        if (bytes[i] != '"') {
          return stop(i, Outcome.UNCERTAIN);
        }
        inText = false;
        i++;
      }
      if (i == to) {
        return stop(to, Outcome.MORE);
      }
      byte b = bytes[i];
      byte kind = KINDS[b & 0xff];
      if (kind == LINE_END) {
        return stop(i, Outcome.LINE_END);
      }
      if (depth == 0 && (kind == COMMA || b == ']')) {
        return stop(i, Outcome.END);
      }
      if (kind != SPACE && !take(b, kind)) {
        return stop(i, Outcome.UNCERTAIN);
      }
      i++;
      if (kind == WORD) {
        while (i < to && KINDS[bytes[i] & 0xff] == WORD) {
          i++;
        }
      }
    }
  }

  private Outcome stop(int at, Outcome outcome) {
    position = at;
    return outcome;
  }

  /** Returns the index of the next quote or line end that is not escaped, or {@code to}. */
  private int skipText(byte[] bytes, int from, int to) {
    int i = from;
    if (escaped && i < to) {
      escaped = false;
      i += isLineEnd(bytes[i]) ? 0 : 1;
    }
    while (i < to) {
      byte b = bytes[i];
      if (b == '"' || (b < ' ' && isLineEnd(b))) {
        return i;
      }
      if (b == '\\') {
        i++;
        if (i == to) {
          escaped = true;
          return to;
        }
        if (isLineEnd(bytes[i])) {
          return i;
        }
      }
      i++;
    }
    return to;
  }

  private static boolean isLineEnd(byte b) {
    return b == '\n' || b == '\r';
  }

  /** Processes a token; returns false if it makes the end uncertain. */
  private boolean take(byte b, byte kind) {
    return switch (kind) {
      case QUOTE -> text();
      case OPEN -> open(b == '[');
      case CLOSE -> close(b == ']');
      case COMMA -> comma();
      case COLON -> colon();
      default -> word();
    };
  }

  private boolean text() {
    switch (expected) {
      case VALUE, FIRST_ITEM -> expected = Expected.SEPARATOR;
      case NAME, FIRST_NAME -> expected = Expected.COLON;
      case COLON, SEPARATOR -> {
        // Two strings in a row mean a missing comma, or a missing quote that the next word shows.
        if (last != Last.TEXT || depth == 0) {
          return false;
        }
        boolean name = expected == Expected.SEPARATOR && !inArray();
        expected = name ? Expected.COLON : Expected.SEPARATOR;
      }
    }
    last = Last.TEXT;
    inText = true;
    return true;
  }

  private boolean word() {
    switch (expected) {
      case VALUE, FIRST_ITEM -> expected = Expected.SEPARATOR;
      case NAME, FIRST_NAME -> expected = Expected.COLON;
      case COLON, SEPARATOR -> {
        if (last != Last.WORD) {
          return false;
        }
      }
    }
    last = Last.WORD;
    return true;
  }

  private boolean open(boolean array) {
    boolean due = expected == Expected.VALUE || expected == Expected.FIRST_ITEM;
    boolean recordWithin = !array && depth == 1 && inArray();
    if (!due || recordWithin || depth == DEEPEST) {
      return false;
    }
    int slot = depth >> 6;
    if (slot == arrays.length) {
      arrays = Arrays.copyOf(arrays, 2 * slot);
    }
    long bit = 1L << depth;
    arrays[slot] = array ? arrays[slot] | bit : arrays[slot] & ~bit;
    depth++;
    expected = array ? Expected.FIRST_ITEM : Expected.FIRST_NAME;
    last = Last.MARK;
    return true;
  }

  private boolean close(boolean array) {
    if (depth == 0 || inArray() != array) {
      return false;
    }
    depth--;
    expected = Expected.SEPARATOR;
    last = Last.MARK;
    return true;
  }

  private boolean comma() {
    expected = inArray() ? Expected.VALUE : Expected.NAME;
    last = Last.MARK;
    return true;
  }

  private boolean colon() {
    if (expected != Expected.COLON) {
      return false;
    }
    expected = Expected.VALUE;
    last = Last.MARK;
    return true;
  }

  private boolean inArray() {
    int top = depth - 1;
    return (arrays[top >> 6] & 1L << top) != 0;
  }

  private static byte[] kinds() {
    byte[] kinds = new byte[256];
    kinds[' '] = SPACE;
    kinds['\t'] = SPACE;
    kinds['\n'] = LINE_END;
    kinds['\r'] = LINE_END;
    kinds['"'] = QUOTE;
    kinds['{'] = OPEN;
    kinds['['] = OPEN;
    kinds['}'] = CLOSE;
    kinds[']'] = CLOSE;
    kinds[','] = COMMA;
    kinds[':'] = COLON;
    return kinds;
  }
}
