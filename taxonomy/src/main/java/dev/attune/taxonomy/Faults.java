package dev.attune.taxonomy;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Collects the faults of one file to report them together, in the order of lines. */
final class Faults {
  private static final int MAX_QUOTED = 64;

  private final String place;
  private final TreeMap<Integer, List<String>> byLine = new TreeMap<>();

  Faults(String place) {
    this.place = place;
  }

  /** Adds a fault; sentences of one line keep their order. */
  void add(int line, String sentence) {
    byLine
        .computeIfAbsent(line, unused -> new ArrayList<>())
        .add(place + ":" + line + ": " + sentence);
  }

  /** Throws the faults, sorted by line, if there are any. */
  void throwIfAny() {
    if (!byLine.isEmpty()) {
      throw exception();
    }
  }

  /** Adds a fault after which nothing else can be checked, and returns the exception. */
  TaxonomyException fatal(int line, String sentence) {
    add(line, sentence);
    return exception();
  }

  private TaxonomyException exception() {
    return new TaxonomyException(byLine.values().stream().flatMap(List::stream).toList());
  }

  /** Returns whether a code point is invisible or changes the direction of text. */
  static boolean isUnseen(int codePoint) {
    return Character.isISOControl(codePoint)
        || (codePoint >= 0x202A && codePoint <= 0x202E)
        || (codePoint >= 0x2066 && codePoint <= 0x2069);
  }

  /** Returns a value in quotation marks, shortened and without control characters. */
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

  /** Returns whether a code point is an unpaired surrogate. */
  static boolean isHalfPair(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
