package dev.attune.pipeline.score;

import dev.attune.config.CurationRules.QualityRule;
import dev.attune.config.Task;
import dev.attune.pipeline.rejection.ContentHash;
import dev.attune.pipeline.stage.FilterExamples;

/**
 * Scores the texts of the examples of the sources that a rule names. An existing quality is kept.
 *
 * <p>Input: examples, before or after {@code CheckExamples}. Output: the examples with their
 * quality; the failures are rejected as {@code LOW_QUALITY}.
 *
 * <p>Deterministic. Keeps no order. Memory: one example.
 */
public final class ScoreExamples extends FilterExamples {
  private static final long serialVersionUID = 1L;

  private ScoreExamples(Scoring scoring, ContentHash contentHash) {
    super("score", scoring::score, contentHash);
  }

  /**
   * Creates a step that scores the answer of a conversation, or the prompt of a classification.
   *
   * @param contentHash hashes the texts of rejected records, keyed with the dataset's name
   */
  public static ScoreExamples create(QualityRule rule, Task task, ContentHash contentHash) {
    return new ScoreExamples(new Scoring(rule, task), contentHash);
  }
}
