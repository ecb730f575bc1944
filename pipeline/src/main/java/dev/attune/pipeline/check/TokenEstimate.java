package dev.attune.pipeline.check;

import dev.attune.schema.ExampleLine;
import dev.attune.schema.Turn;

/**
 * How many tokens an example has, about: a quarter of its texts' UTF-8 bytes, rounded up. Media are
 * not counted: what they cost depends on files that are not read here.
 */
final class TokenEstimate {
  private static final int BYTES_A_TOKEN = 4;

  private TokenEstimate() {}

  static long of(ExampleLine line) {
    String system = line.system();
    long bytes = system == null ? 0 : utf8Length(system);
    for (Turn turn : line.turns()) {
      bytes += utf8Length(turn.text());
    }
    return (bytes + BYTES_A_TOKEN - 1) / BYTES_A_TOKEN;
  }

  /** The number of UTF-8 bytes of a text, without encoding it. */
  static long utf8Length(String text) {
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
}
