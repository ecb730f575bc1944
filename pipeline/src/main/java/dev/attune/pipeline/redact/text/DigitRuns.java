package dev.attune.pipeline.redact.text;

import java.util.Arrays;

/**
 * Where the figures of a text stand: its runs of digits, from left to right. Most of a text is
 * letters, and whoever looks for numbers need not look at each of them again.
 */
public final class DigitRuns {
  private static final int FIRST_SIZE = 16;

  /** Beginning and end of each run by turns. */
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

  /** How many runs. */
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
