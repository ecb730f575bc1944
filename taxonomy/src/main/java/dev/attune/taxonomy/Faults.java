package dev.attune.taxonomy;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Collects the faults of one file, so that they are reported at once and in its order. */
final class Faults {
  private static final int MAX_QUOTED = 64;

  private final String place;
  private final TreeMap<Integer, List<String>> byLine = new TreeMap<>();

  Faults(String place) {
    this.place = place;
  }

  /** Notes a fault; sentences of one line keep the order in which they were noted. */
  void add(int line, String sentence) {
    byLine
        .computeIfAbsent(line, unused -> new ArrayList<>())
        .add(place + ":" + line + ": " + sentence);
  }

  /**
   * Ends the loading if anything was noted.
   *
   * @throws TaxonomyException with every fault
   */
  void throwIfAny() {
    if (!byLine.isEmpty()) {
      throw new TaxonomyException(byLine.values().stream().flatMap(List::stream).toList());
    }
  }

  /** Whether a code point cannot be seen, or turns the text around it. */
  static boolean isUnseen(int codePoint) {
    return Character.isISOControl(codePoint)
        || (codePoint >= 0x202A && codePoint <= 0x202E)
        || (codePoint >= 0x2066 && codePoint <= 0x2069);
  }

  /** A value of the file as a message quotes it: short, and without control characters. */
  static String quote(String value) {
    var quoted = new StringBuilder("'");
    value
        .codePoints()
        .limit(MAX_QUOTED)
        .map(c -> isUnseen(c) || isHalfPair(c) ? '\uFFFD' : c)
        .forEach(quoted::appendCodePoint);
    boolean whole = value.codePointCount(0, value.length()) <= MAX_QUOTED;
    return quoted.append(whole ? "'" : "…'").toString();
  }

  /** Whether a code point is half a surrogate pair that stands alone. */
  static boolean isHalfPair(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
