package dev.attune.pipeline.judge;

import java.math.BigDecimal;

/**
 * The keys of the configuration that the judge must know.
 *
 * @param conversation whether the task is conversation; otherwise classification
 * @param byGroup whether split.by is group
 * @param near duplicates.near
 * @param percent duplicates.similarity
 * @param validationPercent split.validation
 */
record JudgedRules(
    boolean conversation, boolean byGroup, boolean near, int percent, int validationPercent) {
  static JudgedRules ofConversation() {
    return new JudgedRules(true, true, true, 80, 20);
  }

  static JudgedRules ofClassification() {
    return new JudgedRules(false, true, true, 80, 20);
  }

  JudgedRules near(boolean asked) {
    return new JudgedRules(conversation, byGroup, asked, percent, validationPercent);
  }

  JudgedRules byGroup(boolean asked) {
    return new JudgedRules(conversation, asked, near, percent, validationPercent);
  }

  JudgedRules validating(int newPercent) {
    return new JudgedRules(conversation, byGroup, near, percent, newPercent);
  }

  /** As lines of attune.yaml. */
  String yaml() {
    return """
    task: %s
    duplicates: {near: %s, similarity: %s}
    split: {validation: %s, by: %s, seed: "1"}
    """
        .formatted(
            conversation ? "conversation" : "classification",
            near,
            BigDecimal.valueOf(percent, 2),
            BigDecimal.valueOf(validationPercent, 2),
            byGroup ? "group" : "record");
  }
}
