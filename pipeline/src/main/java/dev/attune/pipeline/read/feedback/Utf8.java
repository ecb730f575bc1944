package dev.attune.pipeline.read.feedback;

/** What a text would be as UTF-8, without making it so. */
final class Utf8 {
  private Utf8() {}

  /** Bytes; a half surrogate pair, which UTF-8 cannot say, counts 3. */
  static long length(String text) {
    long bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        bytes++;
      } else if (c < 0x800 || isPair(text, i)) {
        bytes += 2; // A pair is 4 bytes: 2 here and 2 for its second half.
      } else {
        bytes += isPair(text, i - 1) ? 2 : 3;
      }
    }
    return bytes;
  }

  /** Whether every half of a surrogate pair has its other half. */
  static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!isPair(text, i)) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  private static boolean isPair(String text, int i) {
    return i >= 0
        && i + 1 < text.length()
        && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
  }
}
