package dev.attune.format.check;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with one line, in the order found. */
final class LineFindings {
  private final List<Rule> rules = new ArrayList<>();
  private final List<String> causes = new ArrayList<>();

  void add(Rule rule, String cause) {
    rules.add(rule);
    causes.add(cause);
  }

  void clear() {
    rules.clear();
    causes.clear();
  }

  boolean isEmpty() {
    return rules.isEmpty();
  }

  boolean hasError() {
    return rules.stream().anyMatch(rule -> rule.level() == Level.ERROR);
  }

  /** Hands them over and forgets them. */
  void moveTo(Findings findings, long line) {
    for (int i = 0; i < rules.size(); i++) {
      findings.add(rules.get(i), line, causes.get(i));
    }
    clear();
  }
}
