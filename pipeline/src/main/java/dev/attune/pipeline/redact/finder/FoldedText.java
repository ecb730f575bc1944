package dev.attune.pipeline.redact.finder;

import java.text.Normalizer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A text as the finders see it: digits of every script become 0 to 9, full-width and mathematical
 * letters and signs become ASCII, all blanks and all short hyphens are one kind, and invisible
 * characters are removed. It maps places back to the original text, so that everything around a
 * replaced place is kept.
 */
public final class FoldedText {
  /** The folded form of characters that are removed. */
  private static final char NOTHING = 0;

  private static final char SOFT_HYPHEN = '\u00AD';
  private static final int WIDE = 0xFF01;
  private static final int LAST_WIDE = 0xFF5E;
  private static final int WIDE_TO_ASCII = WIDE - '!';
  private static final int MATHEMATICAL = 0x1D400;
  private static final int LAST_MATHEMATICAL = 0x1D7FF;

  /** The folded form of each character that is not a surrogate. */
  private static final char[] FOLDED = folded();

  private static final char[] FOLDED_MATHEMATICAL = foldedMathematical();

  private final String original;
  private final String text;

  /** The index of each folded character in the original text, or null if none moved. */
  private final int @Nullable [] places;

  private FoldedText(String original, String text, int @Nullable [] places) {
    this.original = original;
    this.text = text;
    this.places = places;
  }

  private static char[] folded() {
    char[] folded = new char[Character.MAX_VALUE + 1];
    for (int i = 0; i < folded.length; i++) {
      char c = (char) i;
      folded[i] = c >= 128 && Character.isDigit(c) ? (char) ('0' + Character.digit(c, 10)) : c;
    }
    for (int i = WIDE; i <= LAST_WIDE; i++) {
      folded[i] = (char) (i - WIDE_TO_ASCII);
    }
    Arrays.fill(folded, '\u2000', '\u200B', ' ');
    setAll(folded, "\u00A0\u1680\u202F\u205F\u3000", ' ');
    // Hyphens, the figure dash and the minus sign; not the dashes between words.
    setAll(folded, "\u2010\u2011\u2012\u2212\uFE63", '-');
    setAll(folded, "\u2024\uFE52", '.');
    setAll(folded, "\uFE6B", '@');
    setAll(folded, "\uFE62", '+');
    setAll(folded, "\uFE55", ':');
    // The soft hyphen, spaces without width and the byte order mark.
    setAll(folded, "\u00AD\u200B\u2060\uFEFF", NOTHING);
    return folded;
  }

  private static void setAll(char[] folded, String from, char to) {
    from.chars().forEach(c -> folded[c] = to);
  }

  private static char[] foldedMathematical() {
    char[] folded = new char[LAST_MATHEMATICAL - MATHEMATICAL + 1];
    for (int i = 0; i < folded.length; i++) {
      String plain =
          Normalizer.normalize(Character.toString(MATHEMATICAL + i), Normalizer.Form.NFKC);
      folded[i] = plain.length() == 1 ? plain.charAt(0) : NOTHING;
    }
    return folded;
  }

  /** Returns the folded form of a character that is not a surrogate, or 0 if it is removed. */
  public static char fold(char c) {
    return c < 128 ? c : FOLDED[c];
  }

  /** Returns the folded form of a surrogate pair, or 0 if it is not folded or there is none. */
  public static char foldPair(String text, int i) {
    if (i + 1 >= text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
      return 0;
    }
    int c = text.codePointAt(i);
    if (c >= MATHEMATICAL && c <= LAST_MATHEMATICAL) {
      return FOLDED_MATHEMATICAL[c - MATHEMATICAL];
    }
    return Character.isDigit(c) ? (char) ('0' + Character.digit(c, 10)) : 0;
  }

  /** Returns a text in which no character is folded. */
  public static FoldedText same(String text) {
    return new FoldedText(text, text, null);
  }

  public static FoldedText of(String original) {
    char[] text = new char[original.length()];
    int[] places = new int[original.length()];
    int length = 0;
    int i = 0;
    while (i < original.length()) {
      char c = original.charAt(i);
      int width = 1;
      char folded = fold(c);
      if (Character.isHighSurrogate(c)) {
        char pair = foldPair(original, i);
        width = pair == 0 ? 1 : 2;
        folded = pair == 0 ? c : pair;
      } else if (folded == NOTHING && isKept(original, i)) {
        folded = c;
      }
      if (folded != NOTHING || c == NOTHING) {
        text[length] = folded;
        places[length++] = i;
      }
      i += width;
    }
    return new FoldedText(
        original,
        new String(text, 0, length),
        length == original.length() ? null : Arrays.copyOf(places, length));
  }

  /**
   * Returns whether a removed character is kept: a zero-width space between a letter and a digit
   * separates them.
   */
  private static boolean isKept(String text, int i) {
    char before = Text.at(text, i - 1);
    char after = Text.at(text, i + 1);
    return text.charAt(i) != SOFT_HYPHEN
        && ((Character.isLetter(before) && Character.isDigit(after))
            || (Character.isDigit(before) && Character.isLetter(after)));
  }

  public String text() {
    return text;
  }

  /** Returns the same place in the original text. */
  public Span unfold(Span span) {
    if (places == null) {
      return span;
    }
    int last = places[span.end() - 1];
    boolean pair = Character.isHighSurrogate(original.charAt(last));
    return new Span(places[span.start()], last + (pair ? 2 : 1), span.kind());
  }
}
