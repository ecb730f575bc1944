package dev.attune.pipeline.redact.finder;

/**
 * Counts of the characters that finders search for. Most texts have none of them, so this is their
 * whole cost.
 *
 * @param ats the number of {@code @}
 * @param dots the number of full stops
 * @param colons the number of colons
 * @param folds whether characters look different when they are folded
 */
public record CharacterCounts(int digits, int ats, int dots, int colons, boolean folds) {
  private static final int BITS = 16;
  private static final long MASK = (1L << BITS) - 1;

  /** This many characters cannot overflow one counter into the next. */
  private static final int BLOCK = (int) MASK;

  /** The value that each ASCII character adds to the four counters in one long. */
  private static final long[] WEIGHTS = weights();

  private static long[] weights() {
    long[] weights = new long[128];
    for (char digit = '0'; digit <= '9'; digit++) {
      weights[digit] = 1;
    }
    weights['@'] = 1L << BITS;
    weights['.'] = 1L << (2 * BITS);
    weights[':'] = 1L << (3 * BITS);
    return weights;
  }

  public static CharacterCounts of(String text) {
    int digits = 0;
    int ats = 0;
    int dots = 0;
    int colons = 0;
    boolean folds = false;
    for (int from = 0; from < text.length(); from += BLOCK) {
      int to = Math.min(text.length(), from + BLOCK);
      long sums = 0;
      for (int i = from; i < to; i++) {
        char c = text.charAt(i);
        if (c < WEIGHTS.length) {
          sums += WEIGHTS[c];
        } else {
          char folded =
              Character.isSurrogate(c) ? FoldedText.foldPair(text, i) : FoldedText.fold(c);
          sums += folded < WEIGHTS.length ? WEIGHTS[folded] : 0;
          folds |= Character.isSurrogate(c) ? folded != 0 : folded != c;
        }
      }
      digits += (int) (sums & MASK);
      ats += (int) ((sums >>> BITS) & MASK);
      dots += (int) ((sums >>> (2 * BITS)) & MASK);
      colons += (int) (sums >>> (3 * BITS));
    }
    return new CharacterCounts(digits, ats, dots, colons, folds);
  }

  /** Returns whether there is neither a digit nor an @: then no finder finds anything. */
  public boolean hasNeitherDigitNorAt() {
    return digits == 0 && ats == 0;
  }
}
