package dev.attune.pipeline.read.feedback;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads lines that end in LF or CR LF, and never stores more than a limit of one. */
final class BoundedLines {
  private static final int BUFFER = 65_536;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final InputStream in;
  private final int limit;
  private final byte[] buffer = new byte[BUFFER];
  private int position;
  private int filled;
  private long number;

  BoundedLines(InputStream in, int limit) {
    this.in = in;
    this.limit = limit;
  }

  /**
   * A line.
   *
   * @param number from 1
   * @param text without line end, or null where it is too long or no UTF-8
   * @param tooLong whether it is longer than the limit
   */
  record Line(long number, @Nullable String text, boolean tooLong) {}

  /** The next line, or null at the end. */
  @Nullable Line next() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    boolean ended = false;
    boolean any = false;
    while (!ended && fill()) {
      any = true;
      int start = position;
      while (position < filled && buffer[position] != '\n') {
        position++;
      }
      // One byte more than the limit shows that it is too long; one more may be a CR.
      bytes.write(buffer, start, Math.min(position - start, limit + 2 - bytes.size()));
      ended = position < filled;
      position++;
    }
    return any ? line(bytes.toByteArray()) : null;
  }

  private boolean fill() throws IOException {
    if (position >= filled) {
      filled = Math.max(0, in.read(buffer));
      position = 0;
    }
    return filled > 0;
  }

  private Line line(byte[] bytes) {
    number++;
    int length = bytes.length;
    if (length > 0 && bytes[length - 1] == '\r') {
      length--;
    }
    if (length > limit) {
      return new Line(number, null, true);
    }
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length)).toString();
      boolean marked = number == 1 && text.startsWith(BYTE_ORDER_MARK);
      return new Line(number, marked ? text.substring(1) : text, false);
    } catch (CharacterCodingException e) {
      return new Line(number, null, false);
    }
  }
}
