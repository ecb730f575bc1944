package dev.attune.catalog;

import dev.attune.schema.ExampleLine;
import dev.attune.schema.Turn;

/**
 * How many tokens a text has, roughly: a quarter of its UTF-8 bytes. No tokenizer is at hand
 * offline, and every reader shall get the same number; the manifest names the method.
 */
public final class TokenEstimate {
  /** The method's name in the manifest. */
  public static final String METHOD = "utf8-bytes/4";

  /** How far the estimate was measured to be off; docs/estimate.md has the table. */
  public static final String ERROR =
      "measured against o200k_base: 8% to 30% too many in most languages, 55% to 130% too many in"
          + " Russian, Thai and Hindi, 5% to 12% too few in Chinese and Japanese, half of what"
          + " figures and JSON have";

  private TokenEstimate() {}

  /**
   * Of an example: system instruction and all turns. Media are not counted: what they cost depends
   * on files that are not read here.
   */
  public static int of(ExampleLine line) {
    String system = line.system();
    long bytes = system == null ? 0 : utf8Bytes(system);
    for (Turn turn : line.turns()) {
      bytes += utf8Bytes(turn.text());
    }
    return tokens(Math.toIntExact(bytes));
  }

  /** The number of UTF-8 bytes of a text, without encoding it. */
  public static long utf8Bytes(String text) {
    long bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        // Each half of a surrogate pair counts two of the pair's four bytes.
        bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
      }
    }
    return bytes;
  }

  /** A quarter of the bytes, rounded up. */
  public static int tokens(int utf8Bytes) {
    if (utf8Bytes < 0) {
      throw new IllegalArgumentException("utf8Bytes is " + utf8Bytes + ", must be 0 or more");
    }
    return (int) ((utf8Bytes + 3L) / 4);
  }
}
