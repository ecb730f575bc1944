package dev.attune.pipeline.report;

import java.util.regex.Pattern;

/** Shortens a SHA-256 to its first digits. */
final class ShortHash {
  private static final Pattern HASH = Pattern.compile("(?:sha256:)?[0-9a-f]{64}");

  /** Hex digits that distinguish files for a reader: 48 bits. */
  private static final int DIGITS = 12;

  private ShortHash() {}

  /** Returns whether a source's identity is a SHA-256 and not a watermark. */
  static boolean isHash(String identity) {
    return HASH.matcher(identity).matches();
  }

  /** Returns the first digits of a SHA-256, with its prefix if it has one. */
  static String of(String hash) {
    return hash.substring(0, hash.indexOf(':') + 1 + DIGITS) + "…";
  }
}
