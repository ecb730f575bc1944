package dev.attune.launcher.promotion;

import java.util.ArrayList;
import java.util.List;

/** The results of the gate's tests of one model. */
final class GateFindings {
  private final List<String> passed = new ArrayList<>();
  private final List<String> failed = new ArrayList<>();
  private final List<String> reasons = new ArrayList<>();

  /** Enters a test that the model passes, with the figures behind it: part of a sentence. */
  void pass(String clause) {
    passed.add(clause);
  }

  /**
   * Enters a test that the model fails.
   *
   * @param clause the figures behind it: part of a sentence
   * @param sentences with the figures, the limit and where the limit comes from
   */
  void fail(String clause, String... sentences) {
    failed.add(clause);
    reasons.addAll(List.of(sentences));
  }

  /** Adds a failed test whose figures and limit are one short sentence. */
  void failInShort(String clause) {
    fail(clause, Character.toUpperCase(clause.charAt(0)) + clause.substring(1) + ".");
  }

  boolean isPassed() {
    return failed.isEmpty();
  }

  /** Returns one sentence for each test that the model fails; none if it passes. */
  List<String> reasons() {
    return List.copyOf(reasons);
  }

  /**
   * Returns the figures behind the decision: of the tests that failed, or of all tests if none did.
   * They are the rest of a sentence, without its full stop.
   */
  String figures() {
    return String.join("; ", isPassed() ? passed : failed);
  }
}
