package dev.attune.pipeline.redact.phone;

import dev.attune.pipeline.redact.finder.NumberName;
import dev.attune.pipeline.redact.finder.Text;

/** Checks whether the text around digits says that they are not a telephone number. */
final class PhoneNeighbours {
  /** Shorter words next to digits are parts of a code, or units. */
  private static final int SHORTEST_WORD = 3;

  private static final String BOOK = "ISBN";
  private static final int BEHIND_BOOK = "ISBN-13: 978-".length();

  private PhoneNeighbours() {}

  /**
   * Returns whether the digits may be a telephone number.
   *
   * @param international with a + in front
   */
  static boolean allow(String text, int start, int end, boolean divided, boolean international) {
    boolean mayBeGlued = divided || international;
    boolean front =
        !Text.joinsFiguresAt(text, start - 1) || (mayBeGlued && isWordBefore(text, start));
    boolean behind = !Text.joinsFiguresAt(text, end) || (mayBeGlued && isWord(text, end, 1));
    return front
        && behind
        && Text.at(text, start - 1) != '#'
        && !isOfBook(text, start)
        && (international || !isNamed(text, start, end, divided));
  }

  /**
   * Returns whether a word such as "phone" or "testdata" precedes, and not a hexadecimal number.
   */
  private static boolean isWordBefore(String text, int start) {
    return Character.isLowerCase(text.charAt(start - 1)) && isWord(text, start - 1, -1);
  }

  /** Returns whether letters beyond the hexadecimal digits follow in a direction, 1 or -1. */
  private static boolean isWord(String text, int from, int step) {
    boolean beyondHex = false;
    int letters = 0;
    for (int i = from; letters < SHORTEST_WORD && Character.isLetter(Text.at(text, i)); i += step) {
      beyondHex |= Character.toLowerCase(text.charAt(i)) > 'f';
      letters++;
    }
    return beyondHex && letters == SHORTEST_WORD;
  }

  private static boolean isOfBook(String text, int start) {
    int from = Math.max(0, start - BEHIND_BOOK);
    for (int i = from; i <= start - BOOK.length(); i++) {
      if (text.startsWith(BOOK, i)) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether the word before says that it is another kind of number. */
  private static boolean isNamed(String text, int start, int end, boolean divided) {
    return switch (NumberName.inFrontOf(text, start)) {
      case VERSION -> !divided || Text.lastIndexOf(text, '.', start, end) > 0;
      case GOODS, ACCOUNT -> !divided;
      case SMALL -> divided && FigurePattern.isOfSmall(text, start, end);
      case NONE, FILLER -> false;
    };
  }
}
