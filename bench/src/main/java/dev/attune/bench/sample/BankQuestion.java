package dev.attune.bench.sample;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;

/**
 * A question of a bank's customer.
 *
 * @param category the category in BANKING77
 * @param hash the SHA-256 of the question in BANKING77 in hexadecimal digits; the source of
 *     pseudorandom numbers
 */
record BankQuestion(String text, String category, String hash) {
  private static final int HEX = 16;

  /** Creates a question of BANKING77. */
  static BankQuestion of(String text, String category) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] hash = sha256.digest(text.getBytes(StandardCharsets.UTF_8));
      return new BankQuestion(text, category, HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns a pseudorandom order, which differs for each first byte of the hash. */
  static Comparator<BankQuestion> byHash(int fromByte) {
    return Comparator.comparing(question -> question.hash().substring(2 * fromByte));
  }

  /** Returns a pseudorandom number from 0 inclusive to {@code sides} exclusive. */
  int die(int index, int sides) {
    return Integer.parseInt(hash.substring(4 * index, 4 * index + 4), HEX) % sides;
  }

  /** Returns the question with a text appended. */
  BankQuestion with(String more) {
    return new BankQuestion(text + more, category, hash);
  }
}
