package dev.attune.format.check;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The findings of one file: the first {@link #LISTED} in full, of each rule the first one in any
 * case, and how many there are of each. So their memory has a bound.
 */
final class Findings {
  /** Of one file. */
  static final int LISTED = 1_000;

  private final String file;
  private final List<Finding> listed = new ArrayList<>();
  private final Map<Rule, Long> counts = new EnumMap<>(Rule.class);

  Findings(String file) {
    this.file = file;
  }

  void add(Rule rule, long line, String cause) {
    if (counts.merge(rule, 1L, Long::sum) == 1 || listed.size() < LISTED) {
      listed.add(new Finding(file, line, rule, cause));
    }
  }

  /** About the file as a whole. */
  void add(Rule rule, String cause) {
    add(rule, 0, cause);
  }

  List<Finding> listed() {
    return List.copyOf(listed);
  }

  Map<Rule, Long> counts() {
    return new EnumMap<>(counts);
  }
}
