package dev.attune.bench.sample;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;

/**
 * A question of a bank's customer.
 *
 * @param category what BANKING77 says that it is about
 * @param hash SHA-256 of the question as it stands in BANKING77, in hexadecimal digits; stands for
 *     dice
 */
record BankQuestion(String text, String category, String hash) {
  private static final int HEX = 16;

  /** A question as it stands in BANKING77. */
  static BankQuestion of(String text, String category) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] hash = sha256.digest(text.getBytes(StandardCharsets.UTF_8));
      return new BankQuestion(text, category, HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An order that looks random, and is another one for each byte of the hash that it begins at. */
  static Comparator<BankQuestion> byHash(int fromByte) {
    return Comparator.comparing(question -> question.hash().substring(2 * fromByte));
  }

  /** What one of the dice shows, from 0 on. */
  int die(int index, int sides) {
    return Integer.parseInt(hash.substring(4 * index, 4 * index + 4), HEX) % sides;
  }

  /** The same question with more behind it. */
  BankQuestion with(String more) {
    return new BankQuestion(text + more, category, hash);
  }
}
