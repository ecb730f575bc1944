package dev.attune.pipeline.redact.finder;

import java.util.Arrays;

/**
 * The runs of digits of a text, from left to right. Finders of numbers search them instead of the
 * whole text.
 */
public final class DigitRuns {
  private static final int FIRST_SIZE = 16;

  /** The start and the end of each run, alternating. */
  private int[] bounds = new int[FIRST_SIZE];

  private int length;

  private DigitRuns() {}

  public static DigitRuns of(String text) {
    DigitRuns digits = new DigitRuns();
    int i = 0;
    while (i < text.length()) {
      if (!Text.isDigit(text.charAt(i))) {
        i++;
        continue;
      }
      int start = i;
      while (i < text.length() && Text.isDigit(text.charAt(i))) {
        i++;
      }
      digits.add(start, i);
    }
    return digits;
  }

  private void add(int start, int end) {
    if (length == bounds.length) {
      bounds = Arrays.copyOf(bounds, 2 * length);
    }
    bounds[length++] = start;
    bounds[length++] = end;
  }

  /** Returns the number of runs. */
  public int count() {
    return length / 2;
  }

  public int start(int run) {
    return bounds[2 * run];
  }

  public int end(int run) {
    return bounds[2 * run + 1];
  }
}
