package dev.attune.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Validates UTF-8 as RFC 3629 defines it: shortest forms, no surrogates, nothing above U+10FFFF.
 */
public final class Utf8 {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080808080808080L;

  private Utf8() {}

  /** Returns whether the bytes from {@code start} to before {@code end} are UTF-8. */
  public static boolean isValid(byte[] bytes, int start, int end) {
    int i = start;
    while (i >= 0 && i < end) {
      i = bytes[i] >= 0 ? skipAscii(bytes, i, end) : next(bytes, i, end);
    }
    return i >= 0;
  }

  /**
   * Returns the index after the character of several bytes that starts at {@code i}, or the
   * complement {@code ~i} if no valid one starts there.
   *
   * @param i index of a byte that is not ASCII
   * @param end the character must end before this index
   */
  public static int next(byte[] bytes, int i, int end) {
    int lead = bytes[i] & 0xff;
    int length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || i + length > end) {
      return ~i;
    }
    int second = bytes[i + 1] & 0xff;
    int least = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    int most = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    if (second < least || second > most) {
      return ~i;
    }
    for (int k = 2; k < length; k++) {
      if ((bytes[i + k] & 0xc0) != 0x80) {
        return ~i;
      }
    }
    return i + length;
  }

  /** Returns whether a text contains half a surrogate pair, which UTF-8 cannot encode. */
  public static boolean hasLoneSurrogate(String text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (i + 1 == length || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
          return true;
        }
        i++;
      }
    }
    return false;
  }

  private static int skipAscii(byte[] bytes, int start, int end) {
    int i = start;
    while (i + Long.BYTES <= end && ((long) LONGS.get(bytes, i) & HIGH_BITS) == 0) {
      i += Long.BYTES;
    }
    while (i < end && bytes[i] >= 0) {
      i++;
    }
    return i;
  }
}
