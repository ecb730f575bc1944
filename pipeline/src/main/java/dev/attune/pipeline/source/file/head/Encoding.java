package dev.attune.pipeline.source.file.head;

import dev.attune.bytes.Utf8;
import dev.attune.message.Messages;
import java.util.Optional;

/** Detects files that are not UTF-8 by their first bytes. */
final class Encoding {
  /** Fewer lines that are not UTF-8 are rejected one by one. */
  private static final int FEWEST_LINES = 20;

  /** A file has another encoding if at least one line in this number of lines is not UTF-8. */
  private static final int LINES_PER_ACCIDENT = 20;

  private static final String SIGNS =
      "\u0080\u0082\u0084\u0085\u00a0\u00a1\u00a7\u00ab\u00b0\u00b4\u00bb\u00bf";

  private final byte[] bytes;
  private int lines;
  private int utf8Lines;
  private int otherLines;
  private int highBytes;
  private int latinBytes;

  private Encoding(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Returns the sentence for a file that is not UTF-8 as a whole. Single records that are not UTF-8
   * are no fault of the file: they are rejected one by one.
   *
   * @param whole whether the bytes are the whole file
   */
  static Optional<String> fault(byte[] bytes, boolean whole) {
    Optional<String> wide = wide(bytes);
    return wide.isPresent() ? wide : new Encoding(bytes).eightBit(whole);
  }

  private static Optional<String> wide(byte[] bytes) {
    if (starts(bytes, 0xff, 0xfe, 0, 0) || starts(bytes, 0, 0, 0xfe, 0xff)) {
      return Optional.of(Messages.of("pipeline.head.utf-32"));
    }
    if (starts(bytes, 0xfe, 0xff) || starts(bytes, 0xff, 0xfe)) {
      return Optional.of(Messages.of("pipeline.head.utf-16"));
    }
    if (bytes.length >= 8 && (isWide(bytes, 4, 0) || isWide(bytes, 4, 3))) {
      return Optional.of(Messages.of("pipeline.head.utf-32-unmarked"));
    }
    if (bytes.length >= 4 && (isWide(bytes, 2, 0) || isWide(bytes, 2, 1))) {
      return Optional.of(Messages.of("pipeline.head.utf-16-unmarked"));
    }
    return Optional.empty();
  }

  /** Returns whether the first two characters are ASCII in units of a number of bytes. */
  private static boolean isWide(byte[] bytes, int unit, int ascii) {
    for (int i = 0; i < 2 * unit; i++) {
      boolean isAscii = i % unit == ascii;
      if (isAscii ? bytes[i] <= 0 : bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  static boolean starts(byte[] bytes, int... with) {
    boolean same = bytes.length >= with.length;
    for (int i = 0; same && i < with.length; i++) {
      same = (bytes[i] & 0xff) == with[i];
    }
    return same;
  }

  private Optional<String> eightBit(boolean whole) {
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        line(start, i);
        start = i + 1;
      }
    }
    if (whole && start < bytes.length) {
      line(start, bytes.length);
    }
    boolean latin = latinBytes * 10L >= highBytes * 9L;
    boolean most = otherLines * 2 >= lines;
    boolean many = latin && otherLines * LINES_PER_ACCIDENT >= lines;
    if (utf8Lines > 0 || otherLines < FEWEST_LINES || !(most || many)) {
      return Optional.empty();
    }
    return Optional.of(Messages.of(latin ? "pipeline.head.latin" : "pipeline.head.older-encoding"));
  }

  private void line(int start, int end) {
    lines++;
    int high = 0;
    int latin = 0;
    for (int i = start; i < end; i++) {
      if (bytes[i] < 0) {
        high++;
        latin += isLatin(bytes[i] & 0xff) ? 1 : 0;
      }
    }
    if (high > 0 && Utf8.isValid(bytes, start, end)) {
      utf8Lines++;
    } else if (high > 0) {
      otherLines++;
      highBytes += high;
      latinBytes += latin;
    }
  }

  /** Returns whether a byte is a letter or common sign: euro, quotes, dashes, section, degree. */
  private static boolean isLatin(int b) {
    return (b >= 0xc0 && b != 0xd7 && b != 0xf7)
        || (b >= 0x91 && b <= 0x97)
        || SIGNS.indexOf(b) >= 0;
  }
}
