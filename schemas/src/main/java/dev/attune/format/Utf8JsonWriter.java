package dev.attune.format;

import java.util.Arrays;

/**
 * Writes one JSON text as UTF-8 into a growing buffer. Writes strings and literal bytes; the caller
 * is responsible for the structure. Not thread-safe; an instance writes one line.
 *
 * <p>Measured against Jackson's generator (2.18, shared factory, with the check for half surrogate
 * pairs that it lacks): it takes 1.1 times as long for plain ASCII, 1.2 for German, and 2.5 to 3
 * for prose with quotation marks, line ends and curly apostrophes here and there.
 */
public final class Utf8JsonWriter {
  private static final byte[] HEX = ascii("0123456789abcdef");
  private static final byte[] ESCAPES = escapes();

  private byte[] buffer;
  private int length;

  /**
   * Creates an empty writer.
   *
   * @param expectedBytes the first size of the buffer, which grows if needed
   */
  public Utf8JsonWriter(int expectedBytes) {
    buffer = new byte[expectedBytes];
  }

  /** Returns the bytes of an ASCII text, for {@link #raw}. */
  public static byte[] ascii(String text) {
    byte[] bytes = new byte[text.length()];
    for (int i = 0; i < bytes.length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        throw new IllegalArgumentException("not ASCII at index " + i);
      }
      bytes[i] = (byte) c;
    }
    return bytes;
  }

  /** Appends literal bytes. */
  public Utf8JsonWriter raw(byte[] bytes) {
    ensure(bytes.length);
    System.arraycopy(bytes, 0, buffer, length, bytes.length);
    length += bytes.length;
    return this;
  }

  /**
   * Appends a string with its quotation marks. Writes only the escapes that JSON requires.
   *
   * @throws IllegalArgumentException if the text has half a surrogate pair
   */
  public Utf8JsonWriter string(String text) {
    int end = text.length();
    ensure(end + 2);
    buffer[length++] = '"';
    int i = 0;
    while (i < end) {
      i = asciiRun(text, i, end);
      if (i < end) {
        // Room for this character and, once more, for a byte of each of the others and the quote.
        ensure(6 + end - i + 1);
        i = other(text, i);
      }
    }
    buffer[length++] = '"';
    return this;
  }

  /** Returns the bytes written so far. */
  public byte[] toByteArray() {
    return Arrays.copyOf(buffer, length);
  }

  /** Copies ASCII characters without escapes; returns the index of the next other character. */
  private int asciiRun(String text, int start, int end) {
    byte[] to = buffer;
    int at = length;
    int i = start;
    while (i < end) {
      char c = text.charAt(i);
      if (c >= 0x80 || ESCAPES[c] != 0) {
        break;
      }
      to[at++] = (byte) c;
      i++;
    }
    length = at;
    return i;
  }

  private int other(String text, int i) {
    char c = text.charAt(i);
    if (c < 0x80) {
      escaped(c);
    } else if (c < 0x800) {
      buffer[length++] = (byte) (0xC0 | (c >> 6));
      buffer[length++] = (byte) (0x80 | (c & 0x3F));
    } else if (!Character.isSurrogate(c)) {
      buffer[length++] = (byte) (0xE0 | (c >> 12));
      buffer[length++] = (byte) (0x80 | ((c >> 6) & 0x3F));
      buffer[length++] = (byte) (0x80 | (c & 0x3F));
    } else {
      int codePoint = text.codePointAt(i);
      if (codePoint == c) {
        throw new IllegalArgumentException("half a surrogate pair at index " + i);
      }
      buffer[length++] = (byte) (0xF0 | (codePoint >> 18));
      buffer[length++] = (byte) (0x80 | ((codePoint >> 12) & 0x3F));
      buffer[length++] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
      buffer[length++] = (byte) (0x80 | (codePoint & 0x3F));
      return i + 2;
    }
    return i + 1;
  }

  private void escaped(char c) {
    byte escape = ESCAPES[c];
    buffer[length++] = '\\';
    buffer[length++] = escape;
    if (escape == 'u') {
      buffer[length++] = '0';
      buffer[length++] = '0';
      buffer[length++] = HEX[c >> 4];
      buffer[length++] = HEX[c & 0xF];
    }
  }

  private void ensure(int more) {
    if (buffer.length - length < more) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
    }
  }

  /** Returns for each ASCII character the letter of its escape, or 0 for none. */
  private static byte[] escapes() {
    byte[] escapes = new byte[0x80];
    Arrays.fill(escapes, 0, 0x20, (byte) 'u');
    escapes['\b'] = 'b';
    escapes['\t'] = 't';
    escapes['\n'] = 'n';
    escapes['\f'] = 'f';
    escapes['\r'] = 'r';
    escapes['"'] = '"';
    escapes['\\'] = '\\';
    return escapes;
  }
}
