package dev.attune.pipeline.redact;

/**
 * What one look at every character of a text says: most texts hold nothing that any finder looks
 * for, and this is all that they cost.
 *
 * @param digits how many digits of any script
 * @param ats how many @
 * @param dots how many full stops
 * @param colons how many colons
 */
record Glance(int digits, int ats, int dots, int colons) {
  private static final int BITS = 16;
  private static final long MASK = (1L << BITS) - 1;

  /** So many characters cannot carry from one counter into the next. */
  private static final int BLOCK = (int) MASK;

  /** What an ASCII character adds: four counters side by side. */
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

  static Glance at(String text) {
    int digits = 0;
    int ats = 0;
    int dots = 0;
    int colons = 0;
    for (int from = 0; from < text.length(); from += BLOCK) {
      long sums = sums(text, from, Math.min(text.length(), from + BLOCK));
      digits += (int) (sums & MASK);
      ats += (int) ((sums >>> BITS) & MASK);
      dots += (int) ((sums >>> (2 * BITS)) & MASK);
      colons += (int) (sums >>> (3 * BITS));
    }
    return new Glance(digits, ats, dots, colons);
  }

  private static long sums(String text, int from, int to) {
    long sums = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      sums += c < WEIGHTS.length ? WEIGHTS[c] : Character.isDigit(c) ? 1 : 0;
    }
    return sums;
  }
}
