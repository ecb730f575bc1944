package dev.attune.pipeline.source.file.head;

import dev.attune.bytes.Utf8;
import java.util.Optional;

/** Detects files that are not UTF-8 by their first bytes. */
final class Encoding {
  /** Fewer lines that are not UTF-8 are rejected one by one. */
  private static final int FEWEST_LINES = 20;

  /** A file has another encoding if at least one line in this number of lines is not UTF-8. */
  private static final int LINES_PER_ACCIDENT = 20;

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
      return Optional.of("The file is UTF-32: convert it to UTF-8.");
    }
    if (starts(bytes, 0xfe, 0xff) || starts(bytes, 0xff, 0xfe)) {
      return Optional.of("The file is UTF-16: convert it to UTF-8.");
    }
    if (bytes.length >= 8 && (isWide(bytes, 4, 0) || isWide(bytes, 4, 3))) {
      return Optional.of(
          "The file seems to be UTF-32 without a byte order mark: convert it to UTF-8.");
    }
    if (bytes.length >= 4 && (isWide(bytes, 2, 0) || isWide(bytes, 2, 1))) {
      return Optional.of(
          "The file seems to be UTF-16 without a byte order mark: convert it to UTF-8.");
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
    return Optional.of(
        latin
            ? "The file is not UTF-8 and seems to be Latin-1 or Windows-1252: convert it, for"
                + " example with iconv -f WINDOWS-1252 -t UTF-8."
            : "The file is not UTF-8 and seems to have an older encoding: convert it to UTF-8.");
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
        || b == 0x80
        || b == 0x82
        || b == 0x84
        || b == 0x85
        || b == 0xa0
        || b == 0xa7
        || b == 0xab
        || b == 0xb0
        || b == 0xb4
        || b == 0xbb
        || b == 0xbf
        || b == 0xa1;
  }
}
