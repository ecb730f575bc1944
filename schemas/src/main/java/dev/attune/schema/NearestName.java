package dev.attune.schema;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Suggests the known name that an unknown one is a misspelling of. */
public final class NearestName {
  /** Twice the length of the longest known name; longer names get no suggestion. */
  private static final int MAX_LENGTH = 64;

  private NearestName() {}

  /**
   * Returns the known name with the fewest insertions, deletions, changes and swaps of neighbours,
   * if these are at most a third of the name or one of the two is a prefix of the other. Ignores
   * case.
   */
  public static Optional<String> of(String unknown, List<String> known) {
    if (unknown.isEmpty() || unknown.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    String word = unknown.toLowerCase(Locale.ROOT);
    String best = null;
    int least = Integer.MAX_VALUE;
    for (String key : known) {
      String candidate = key.toLowerCase(Locale.ROOT);
      int distance = distance(word, candidate);
      if (distance < least && isNear(word, candidate, distance)) {
        least = distance;
        best = key;
      }
    }
    return Optional.ofNullable(best);
  }

  private static boolean isNear(String word, String candidate, int distance) {
    int shorter = Math.min(word.length(), candidate.length());
    return distance <= Math.max(1, candidate.length() / 3)
        || (shorter >= 4 && (candidate.startsWith(word) || word.startsWith(candidate)));
  }

  /** Optimal string alignment distance. */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(d[i - 1][j - 1] + change, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
