package dev.attune.pipeline.redact;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes addresses that no device has and that say nothing about a person: loopback, the
 * unspecified address and its block 0.0.0.0/8, netmasks, and the blocks 2001:db8::/32 and
 * 3fff::/20, which are reserved for documentation (RFC 3849, RFC 9637).
 */
final class ReservedAddress {
  private static final int LOOPBACK = 127;
  private static final int PARTS_OF_SIX = 8;
  private static final int HEXADECIMAL = 16;
  private static final int DOCUMENTS = 0x2001;
  private static final int OF_DOCUMENTS = 0xDB8;
  private static final int NEW_DOCUMENTS = 0x3FFF;
  private static final int LAST_OF_NEW_DOCUMENTS = 0xFFF;
  private static final int ALL_ONES = 0xFFFF;

  private ReservedAddress() {}

  /** Returns whether a valid IPv4 address is reserved. */
  static boolean isReservedV4(String text, int start, int end) {
    int address = four(text, start, end);
    int first = address >>> 24;
    // A netmask is ones in front and zeros behind.
    boolean mask =
        Integer.numberOfLeadingZeros(~address) + Integer.numberOfTrailingZeros(address) >= 32;
    return first == LOOPBACK || first == 0 || mask;
  }

  private static int four(String text, int start, int end) {
    int address = 0;
    int part = 0;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c == '.') {
        address = (address << 8) | part;
        part = 0;
      } else {
        part = 10 * part + c - '0';
      }
    }
    return (address << 8) | part;
  }

  /** Returns whether a valid IPv6 address is reserved. */
  static boolean isReservedV6(String text, int start, int end) {
    int[] parts = six(text, start, end);
    if (parts == null) {
      return false;
    }
    int zeros = 0;
    while (zeros < PARTS_OF_SIX && parts[zeros] == 0) {
      zeros++;
    }
    if (zeros >= PARTS_OF_SIX - 1) {
      return parts[PARTS_OF_SIX - 1] <= 1;
    }
    // ::ffff:127.0.0.1
    if (zeros == PARTS_OF_SIX - 3 && parts[zeros] == ALL_ONES) {
      return isMappedLoopback(parts);
    }
    return isOfDocuments(parts) || isMask(parts);
  }

  private static boolean isOfDocuments(int[] parts) {
    return (parts[0] == DOCUMENTS && parts[1] == OF_DOCUMENTS)
        || (parts[0] == NEW_DOCUMENTS && parts[1] <= LAST_OF_NEW_DOCUMENTS);
  }

  private static boolean isMappedLoopback(int[] parts) {
    int first = parts[PARTS_OF_SIX - 2] >>> 8;
    return first == LOOPBACK || first == 0;
  }

  private static boolean isMask(int[] parts) {
    int i = 0;
    while (i < PARTS_OF_SIX && parts[i] == ALL_ONES) {
      i++;
    }
    int ones = i;
    while (i < PARTS_OF_SIX && parts[i] == 0) {
      i++;
    }
    return ones > 0 && i == PARTS_OF_SIX;
  }

  /** Returns the eight parts, or null if there are more. */
  private static int @Nullable [] six(String text, int start, int end) {
    int[] parts = new int[PARTS_OF_SIX];
    int gap = -1;
    int count = 0;
    int i = start;
    while (i < end) {
      int next = i;
      while (next < end && text.charAt(next) != ':') {
        next++;
      }
      int dot = text.substring(i, next).indexOf('.');
      if (count + (dot < 0 ? 0 : 1) >= PARTS_OF_SIX && next > i) {
        return null;
      }
      if (dot >= 0) {
        int four = four(text, i, next);
        parts[count++] = four >>> 16;
        parts[count++] = four & ALL_ONES;
      } else if (next > i) {
        parts[count++] = Integer.parseInt(text, i, next, HEXADECIMAL);
      }
      if (text.startsWith("::", next) && next + 1 < end) {
        gap = count;
        next++;
      }
      i = next + 1;
    }
    if (gap >= 0) {
      int behind = count - gap;
      System.arraycopy(parts, gap, parts, PARTS_OF_SIX - behind, behind);
      Arrays.fill(parts, gap, PARTS_OF_SIX - behind, 0);
    }
    return parts;
  }
}
