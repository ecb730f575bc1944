package dev.attune.pipeline.redact;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Recognizes addresses that no device has and that say nothing about a person: loopback, the
 * unspecified address and its block 0.0.0.0/8, netmasks, and the blocks 2001:db8::/32 and
 * 3fff::/20, which are reserved for documentation (RFC 3849, RFC 9637).
 */
final class ReservedAddress {
  private static final int LOOPBACK = 127;

  /** Unspecified and loopback, documentation, and netmasks of whole groups, as 32 hex digits. */
  private static final Pattern SIX = Pattern.compile("0{31}[01]|20010db8.*|3fff0.*|(ffff)+(0000)*");

  private ReservedAddress() {}

  /** Returns whether a valid IPv4 or IPv6 address is reserved. */
  static boolean isReserved(String address) {
    byte[] bytes;
    try {
      bytes = InetAddress.getByName(address).getAddress(); // Numbers are not looked up.
    } catch (UnknownHostException e) {
      return false;
    }
    if (bytes.length > Integer.BYTES) {
      return SIX.matcher(HexFormat.of().formatHex(bytes)).matches();
    }
    int four = ByteBuffer.wrap(bytes).getInt();
    // A netmask is ones in front and zeros behind. In ::ffff:127.0.0.1 only the block counts.
    boolean mask = Integer.numberOfLeadingZeros(~four) + Integer.numberOfTrailingZeros(four) >= 32;
    return bytes[0] == LOOPBACK || bytes[0] == 0 || (mask && address.indexOf(':') < 0);
  }
}
