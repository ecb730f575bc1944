package dev.attune.format.json;

import dev.attune.bytes.Utf8;
import dev.attune.catalog.TokenEstimate;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads one line of JSON in a byte buffer, strictly (RFC 8259, UTF-8 of well-formed code points).
 * Creates no objects for a well-formed line. The line is followed by a line feed and at least
 * {@link #SLACK} bytes of buffer, because eight bytes are examined in one step.
 */
public final class JsonCursor {
  /** The bytes of the buffer that must follow the line feed. */
  public static final int SLACK = 16;

  private static final int MAX_DEPTH = 200;
  private static final Keys NO_KEYS = Keys.of();

  private byte[] bytes = new byte[SLACK];
  private int start;
  private int end;
  private int at;

  private int stringFrom;
  private int stringTo;
  private int decodedBytes;
  private boolean escaped;
  private boolean unicodeEscaped;
  private boolean blank;
  private boolean nul;

  /**
   * Positions the cursor before a line.
   *
   * @param lineEnd the index of the line feed after it
   */
  public void reset(byte[] buffer, int lineStart, int lineEnd) {
    bytes = buffer;
    start = lineStart;
    end = lineEnd;
    at = lineStart;
    nul = false;
    skipSpace();
  }

  /**
   * Positions the cursor before a text in a buffer of its own. In contrast to a line, the text may
   * have line feeds between its values.
   */
  public void resetText(byte[] utf8) {
    byte[] line = Arrays.copyOf(utf8, utf8.length + 1 + SLACK);
    for (int i = 0; i < utf8.length; i++) {
      // A line feed ends a line; a carriage return is allowed at the same places.
      line[i] = line[i] == '\n' ? (byte) '\r' : line[i];
    }
    line[utf8.length] = '\n';
    reset(line, 0, utf8.length);
  }

  /** Returns the position in bytes from the start of the line. */
  public int offset() {
    return at - start;
  }

  /** Returns the next byte, which shows the kind of a value. */
  public byte peek() {
    return bytes[at];
  }

  public boolean atEnd() {
    return at >= end;
  }

  /** Enters an object or array; returns false after reading an empty one. */
  public boolean open(char bracket) throws MalformedLineException {
    if (bytes[at] != bracket) {
      throw fault(bracket == '{' ? "expected an object" : "expected an array");
    }
    at++;
    skipSpace();
    if (bytes[at] == bracket + 2) {
      at++;
      return false;
    }
    return true;
  }

  /** Reads the comma before the next member; returns false after reading the closing bracket. */
  public boolean more(char closing) throws MalformedLineException {
    skipSpace();
    byte c = bytes[at];
    if (c == ',') {
      at++;
      skipSpace();
      return true;
    }
    if (c == closing) {
      at++;
      return false;
    }
    throw fault("expected a comma or '" + closing + "'");
  }

  /** Reads a key and its colon. */
  public int key(Keys keys) throws MalformedLineException {
    string();
    int key = keys.find(this);
    skipSpace();
    if (bytes[at] != ':') {
      throw fault("expected a colon");
    }
    at++;
    skipSpace();
    return key;
  }

  /** Reads the first key of an object; returns {@link Keys#END} for an empty one or no object. */
  public int firstKey(Keys keys) throws MalformedLineException {
    if (bytes[at] != '{') {
      skip();
      return Keys.END;
    }
    return open('{') ? key(keys) : Keys.END;
  }

  /** Reads the next key of an object; returns {@link Keys#END} after the object's last value. */
  public int nextKey(Keys keys) throws MalformedLineException {
    return more('}') ? key(keys) : Keys.END;
  }

  /** Enters the list that follows; returns false after reading an empty list or any other value. */
  public boolean firstElement() throws MalformedLineException {
    if (bytes[at] != '[') {
      skip();
      return false;
    }
    return open('[');
  }

  /** Moves to the next element of a list; returns false at the list's end. */
  public boolean nextElement() throws MalformedLineException {
    return more(']');
  }

  /** Reads a string; its properties are available until the next one is read. */
  public void string() throws MalformedLineException {
    byte[] b = bytes;
    if (b[at] != '"') {
      throw fault("expected a string");
    }
    int i = at + 1;
    stringFrom = i;
    escaped = false;
    unicodeEscaped = false;
    int shorter = 0;
    while (true) {
      long stops = ByteScan.notPlain(ByteScan.at(b, i));
      while (stops == 0) {
        i += 8;
        stops = ByteScan.notPlain(ByteScan.at(b, i));
      }
      i += Long.numberOfTrailingZeros(stops) >>> 3;
      byte c = b[i];
      if (c == '"') {
        break;
      } else if (c < 0) {
        do {
          i = Utf8.next(b, i, end);
          if (i < 0) {
            at = ~i;
            throw new MalformedLineException(at, false, "the line is not UTF-8");
          }
        } while (b[i] < 0);
      } else if (c == '\\') {
        escaped = true;
        at = i;
        shorter += escape();
        i = at;
      } else {
        at = i;
        throw fault(i >= end ? "the line ends within a string" : "unescaped control character");
      }
    }
    stringTo = i;
    at = i + 1;
    decodedBytes = i - stringFrom - shorter;
    blank = (b[stringFrom] == ' ' || b[stringFrom] == '\\') && isBlank();
  }

  /** Reads an escape; returns by how many bytes its character is shorter. */
  private int escape() throws MalformedLineException {
    switch (bytes[at + 1]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
        at += 2;
        return 1;
      }
      case 'u' -> {
        int unit = hex4(at + 2);
        unicodeEscaped = true;
        nul |= unit == 0;
        if (Character.isHighSurrogate((char) unit)) {
          if (bytes[at + 6] != '\\'
              || bytes[at + 7] != 'u'
              || !Character.isLowSurrogate((char) hex4(at + 8))) {
            throw fault("unpaired surrogate");
          }
          at += 12;
          return 8;
        }
        if (Character.isLowSurrogate((char) unit)) {
          throw fault("unpaired surrogate");
        }
        at += 6;
        return unit < 0x80 ? 5 : unit < 0x800 ? 4 : 3;
      }
      default -> throw fault("unknown escape");
    }
  }

  private int hex4(int from) throws MalformedLineException {
    int value = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = i < end ? Character.digit(bytes[i], 16) : -1;
      if (digit < 0) {
        throw fault("expected four hex digits after \\u");
      }
      value = (value << 4) | digit;
    }
    return value;
  }

  private boolean isBlank() {
    for (int i = stringFrom; i < stringTo; i++) {
      if (bytes[i] == '\\') {
        i++;
        if (bytes[i] != 'n' && bytes[i] != 't' && bytes[i] != 'r') {
          return false;
        }
      } else if (bytes[i] != ' ') {
        return false;
      }
    }
    return true;
  }

  /** Returns whether the last string has escapes. */
  public boolean escaped() {
    return escaped;
  }

  /** Returns whether the last string is empty. */
  public boolean empty() {
    return stringTo == stringFrom;
  }

  /** Returns whether the last string is empty or has only ASCII white space. */
  public boolean blank() {
    return blank || empty();
  }

  /** Returns the tokens of the last string in the units of {@link TokenEstimate}. */
  public long tokenUnits() {
    // The digits of a Unicode escape are not digits of the text.
    return unicodeEscaped
        ? TokenEstimate.units(text())
        : decodedBytes
            + TokenEstimate.MORE_FOR_A_DIGIT * ByteScan.digits(bytes, stringFrom, stringTo);
  }

  /** Returns the tokens of the line from an offset to the position, in the same units. */
  public long tokenUnitsSince(int offset) {
    int from = start + offset;
    return at - from + TokenEstimate.MORE_FOR_A_DIGIT * ByteScan.digits(bytes, from, at);
  }

  /** Returns 0 or 1 if the bytes from an offset are that number, also as 0.0 or 1.0; else -1. */
  public int bitSince(int offset) {
    int from = start + offset;
    int length = at - from;
    boolean whole =
        length == 1 || (length == 3 && bytes[from + 1] == '.' && bytes[from + 2] == '0');
    int digit = bytes[from] - '0';
    return whole && (digit == 0 || digit == 1) ? digit : -1;
  }

  /** Returns whether a string read so far in the line has the character U+0000. */
  public boolean hasNul() {
    return nul;
  }

  /** Returns whether the last string, which has no escapes, equals a name. */
  public boolean stringIs(byte[] name) {
    return stringTo - stringFrom == name.length
        && Arrays.equals(bytes, stringFrom, stringTo, name, 0, name.length);
  }

  /** Returns the last string. */
  public String text() {
    String raw = new String(bytes, stringFrom, stringTo - stringFrom, StandardCharsets.UTF_8);
    return escaped ? Escapes.resolve(raw) : raw;
  }

  /** Skips any value. */
  public void skip() throws MalformedLineException {
    skip(0);
  }

  private void skip(int depth) throws MalformedLineException {
    if (depth > MAX_DEPTH) {
      throw MalformedLineException.tooDeep(at, MAX_DEPTH);
    }
    switch (bytes[at]) {
      case '"' -> string();
      case '{' -> {
        for (int key = firstKey(NO_KEYS); key != Keys.END; key = nextKey(NO_KEYS)) {
          skip(depth + 1);
        }
      }
      case '[' -> {
        for (boolean more = firstElement(); more; more = nextElement()) {
          skip(depth + 1);
        }
      }
      case 't' -> literal("true");
      case 'f' -> literal("false");
      case 'n' -> literal("null");
      default -> number();
    }
  }

  private void literal(String word) throws MalformedLineException {
    for (int i = 0; i < word.length(); i++) {
      if (bytes[at + i] != word.charAt(i)) {
        throw fault("expected a value");
      }
    }
    at += word.length();
  }

  private void number() throws MalformedLineException {
    int first = at;
    if (bytes[at] == '-') {
      at++;
    }
    if (bytes[at] == '0') {
      at++;
    } else {
      digits(first);
    }
    if (bytes[at] == '.') {
      at++;
      digits(first);
    }
    if (bytes[at] == 'e' || bytes[at] == 'E') {
      at++;
      if (bytes[at] == '+' || bytes[at] == '-') {
        at++;
      }
      digits(first);
    }
  }

  private void digits(int first) throws MalformedLineException {
    if (bytes[at] < '0' || bytes[at] > '9') {
      throw fault(at == first ? "expected a value" : "expected a digit");
    }
    while (bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
  }

  /** Requires the end of the line. */
  public void finish() throws MalformedLineException {
    skipSpace();
    if (at < end) {
      throw fault("expected the end of the line");
    }
  }

  private void skipSpace() {
    int i = at;
    byte c = bytes[i];
    while (c == ' ' || c == '\t' || c == '\r') {
      c = bytes[++i];
    }
    at = i;
  }

  private MalformedLineException fault(String expected) {
    return new MalformedLineException(at, true, at >= end ? "the line ends too early" : expected);
  }
}
