package dev.attune.pipeline.report;

import java.util.regex.Pattern;

/** Shows a SHA-256 by its first digits. */
final class ShortHash {
  private static final Pattern HASH = Pattern.compile("(?:sha256:)?[0-9a-f]{64}");

  /** Hex digits, 48 bits: enough to tell files apart by eye. */
  private static final int DIGITS = 12;

  private ShortHash() {}

  /** Whether a source's identity is a SHA-256; a watermark is not, and is shown as it is. */
  static boolean isHash(String identity) {
    return HASH.matcher(identity).matches();
  }

  /** The first digits of a SHA-256, with its prefix if it has one. */
  static String of(String hash) {
    return hash.substring(0, hash.indexOf(':') + 1 + DIGITS) + "…";
  }
}
