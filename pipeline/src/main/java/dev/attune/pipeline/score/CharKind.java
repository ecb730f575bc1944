package dev.attune.pipeline.score;

import com.ibm.icu.lang.UCharacter;

/**
 * The kind of a character for the score, as bits. Outside ASCII the kinds are ICU's, because the
 * JDK's tables change with the JDK.
 */
final class CharKind {
  /** A letter or a digit. */
  static final int WORD = 1;

  static final int SPACE = 1 << 1;

  /** Ends a sentence if white space or the end of the text follows. */
  static final int END = 1 << 2;

  /** Ends a sentence in any case, in scripts without spaces. */
  static final int END_ALWAYS = 1 << 3;

  /** A closing bracket or a quotation mark: may be between the end of a sentence and a space. */
  static final int CLOSER = 1 << 4;

  /** A quotation mark of direct speech. */
  static final int QUOTE = 1 << 5;

  private static final byte[] ASCII = ascii();

  private CharKind() {}

  static int of(int codePoint) {
    return codePoint < 0x80 ? ASCII[codePoint] : ofOther(codePoint);
  }

  private static int ofOther(int codePoint) {
    return switch (codePoint) {
      case '“', '”', '„', '«', '»' -> QUOTE | CLOSER;
      case '‘', '’', '‹', '›', '」', '』', '）', '】', '》', '〉', '］' -> CLOSER;
      case '…', '؟', '۔', '।', '॥' -> END;
      case '。', '！', '？', '．', '｡' -> END_ALWAYS;
      default -> {
        if (UCharacter.isLetterOrDigit(codePoint)) {
          yield WORD;
        }
        yield UCharacter.isUWhiteSpace(codePoint) ? SPACE : 0;
      }
    };
  }

  private static byte[] ascii() {
    byte[] kinds = new byte[0x80];
    for (char c = '0'; c <= '9'; c++) {
      kinds[c] = WORD;
    }
    for (char c = 'a'; c <= 'z'; c++) {
      kinds[c] = WORD;
      kinds[c - 'a' + 'A'] = WORD;
    }
    for (char c : " \t\n\u000B\f\r".toCharArray()) {
      kinds[c] = SPACE;
    }
    for (char c : ".!?".toCharArray()) {
      kinds[c] = END;
    }
    for (char c : ")]}'".toCharArray()) {
      kinds[c] = CLOSER;
    }
    kinds['"'] = QUOTE | CLOSER;
    return kinds;
  }
}
