package dev.attune.format.json;

/**
 * UTF-8 as Unicode defines it (table 3-7): no overlong form, no surrogate, nothing above 10FFFF.
 */
public final class Utf8Bytes {
  private Utf8Bytes() {}

  /**
   * Where the character that starts at an index ends, or the complement of the index where it is
   * none. The byte there is not ASCII; the buffer goes on for three bytes more.
   */
  static int next(byte[] b, int i) {
    int lead = b[i] & 0xFF;
    if (lead < 0xC2 || lead > 0xF4) {
      return ~i;
    }
    int second = b[i + 1] & 0xFF;
    if (lead < 0xE0) {
      return (second & 0xC0) == 0x80 ? i + 2 : ~i;
    }
    if (!secondFits(lead, second) || (b[i + 2] & 0xC0) != 0x80) {
      return ~i;
    }
    if (lead < 0xF0) {
      return i + 3;
    }
    return (b[i + 3] & 0xC0) == 0x80 ? i + 4 : ~i;
  }

  private static boolean secondFits(int lead, int second) {
    int least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    int greatest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    return second >= least && second <= greatest;
  }

  /** Whether the bytes between two indexes are UTF-8. The buffer goes on for three bytes more. */
  public static boolean valid(byte[] b, int from, int to) {
    int i = from;
    while (i < to) {
      i = b[i] >= 0 ? i + 1 : next(b, i);
      if (i < 0) {
        return false;
      }
    }
    return i == to;
  }
}
