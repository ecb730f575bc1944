package dev.attune.catalog;

/**
 * How many tokens a text has, roughly: a quarter of its UTF-8 bytes. No tokenizer is at hand
 * offline, and every reader shall get the same number; the manifest names the method.
 */
public final class TokenEstimate {
  /** The method's name in the manifest. */
  public static final String METHOD = "utf8-bytes/4";

  private TokenEstimate() {}

  /** A quarter of the bytes, rounded up. */
  public static int tokens(int utf8Bytes) {
    if (utf8Bytes < 0) {
      throw new IllegalArgumentException("utf8Bytes is " + utf8Bytes + ", must be 0 or more");
    }
    return (int) ((utf8Bytes + 3L) / 4);
  }
}
