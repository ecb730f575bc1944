package dev.attune.catalog;

import dev.attune.schema.ExampleLine;
import dev.attune.schema.Turn;

/**
 * Estimates the tokens of a text: a quarter of its UTF-8 bytes, and one token for each ASCII digit.
 * Works offline, without a tokenizer, and gives the same number everywhere; the manifest names the
 * method.
 *
 * <p>Digits are counted one by one because Gemini's tokenizer splits numbers into digits (Gemma
 * technical report, section 2, of the tokenizer that it shares with Gemini). A quarter of their
 * bytes was a quarter of their tokens.
 *
 * <p>Sums are kept in units of a quarter of a token, so that only a whole example is rounded.
 */
public final class TokenEstimate {
  /** The method's name in the manifest. */
  public static final String METHOD = "utf8-bytes/4, digits/1";

  /** Measured error of the estimate; docs/estimate.md has the table. */
  public static final String ERROR =
      "measured against o200k_base: 8% to 30% too many in most languages, 55% to 130% too many in"
          + " Russian, Thai and Hindi, 5% to 12% too few in Chinese and Japanese, 7% too few in"
          + " JSON and 35% too many in figures, of which o200k_base joins three digits and Gemini"
          + " none";

  /** The additional units of a digit: 4 instead of 1. */
  public static final int MORE_FOR_A_DIGIT = 3;

  private static final int UNITS_OF_A_TOKEN = 4;

  private TokenEstimate() {}

  /**
   * Returns the tokens of an example: system instruction and all turns. Media are not counted,
   * because their tokens depend on files that are not read.
   */
  public static int of(ExampleLine line) {
    String system = line.system();
    long units = system == null ? 0 : units(system);
    for (Turn turn : line.turns()) {
      units += units(turn.text());
    }
    return Math.toIntExact(tokens(units));
  }

  /** Returns the tokens of a text in quarters: one for a UTF-8 byte, four for an ASCII digit. */
  public static long units(String text) {
    long digits = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      digits += c >= '0' && c <= '9' ? 1 : 0;
    }
    return utf8Bytes(text) + MORE_FOR_A_DIGIT * digits;
  }

  /** Returns the number of UTF-8 bytes of a text without encoding it. */
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

  /** Returns a quarter of the units, rounded up. */
  public static long tokens(long units) {
    if (units < 0) {
      throw new IllegalArgumentException("units is " + units + ", must be 0 or more");
    }
    return (units + UNITS_OF_A_TOKEN - 1) / UNITS_OF_A_TOKEN;
  }
}
