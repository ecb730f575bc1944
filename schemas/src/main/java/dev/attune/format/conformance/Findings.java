package dev.attune.format.conformance;

import dev.attune.format.rule.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The findings of one file: the first {@link #LISTED} in full, of each rule the first one in any
 * case, and how many there are of each. A key that the format does not list is one finding, however
 * many lines have it. So their memory has a bound.
 */
final class Findings {
  /** Of one file. */
  static final int LISTED = 1_000;

  /** Keys that are named; the others are counted together. */
  private static final int KEYS = 100;

  private final String file;
  private final List<Finding> listed = new ArrayList<>();
  private final Map<Rule, Long> counts = new EnumMap<>(Rule.class);
  private final Map<Key, Times> keys = new LinkedHashMap<>();

  Findings(String file) {
    this.file = file;
  }

  void add(Rule rule, long line, String cause) {
    add(rule, line, cause, "");
  }

  /**
   * Adds a finding.
   *
   * @param fix empty where it is the rule's
   */
  void add(Rule rule, long line, String cause, String fix) {
    if (counts.merge(rule, 1L, Long::sum) == 1 || listed.size() < LISTED) {
      listed.add(new Finding(file, line, rule, cause, fix.isEmpty() ? rule.fix() : fix));
    }
  }

  /** About the file as a whole. */
  void add(Rule rule, String cause) {
    add(rule, 0, cause);
  }

  /** Counts a key; it becomes a finding in {@link #finish}. */
  void addKey(Rule rule, long line, String place, String key) {
    Key named = new Key(rule, place, key);
    Times known = keys.get(named);
    if (known == null) {
      named = keys.size() < KEYS ? named : new Key(rule, place, "");
      known = keys.computeIfAbsent(named, absent -> new Times(line));
    }
    known.count++;
  }

  /** To be called behind the last line. */
  void finish() {
    keys.forEach(
        (key, times) -> {
          counts.merge(key.rule(), 1L, Long::sum);
          String cause = key.text() + times.text();
          listed.add(new Finding(file, times.first, key.rule(), cause, key.rule().fix()));
        });
    keys.clear();
  }

  /** In the order of the lines; what is about the file as a whole comes last. */
  List<Finding> listed() {
    return listed.stream()
        .sorted(
            Comparator.comparingLong(
                finding -> finding.line() == 0 ? Long.MAX_VALUE : finding.line()))
        .toList();
  }

  Map<Rule, Long> counts() {
    return new EnumMap<>(counts);
  }

  /** A key, by what has it. It is empty where too many different ones were met. */
  private record Key(Rule rule, String place, String name) {
    String text() {
      String what = name.isEmpty() ? " has other such keys" : " has the key '" + name + "'";
      return place + what + (rule == Rule.SNAKE_CASE_KEY ? " in snake case" : "");
    }
  }

  /** How often a key was met, and where first. */
  private static final class Times {
    private final long first;
    private long count;

    Times(long first) {
      this.first = first;
    }

    String text() {
      return count == 1
          ? ""
          : String.format(Locale.ROOT, ", %,d times in the file, here first", count);
    }
  }
}
