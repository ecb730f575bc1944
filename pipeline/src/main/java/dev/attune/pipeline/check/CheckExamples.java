package dev.attune.pipeline.check;

import dev.attune.pipeline.rejection.ContentHash;
import dev.attune.pipeline.stage.FilterExamples;

/**
 * Checks categories, media and tokens; writes the categories of a classification into the answer.
 *
 * <p>Input: redacted examples. Must be before {@code EncodeExamples}, which needs the answer.
 * Output: the examples that pass; the failures are rejected as {@code UNKNOWN_CATEGORY}, {@code
 * UNSUPPORTED_MEDIA} or {@code TOO_MANY_TOKENS}.
 *
 * <p>Deterministic. Keeps no order. Memory: one example and the taxonomy.
 */
public final class CheckExamples extends FilterExamples {
  private static final long serialVersionUID = 1L;

  private CheckExamples(ExampleChecker checker, ContentHash contentHash) {
    super("check", checker::check, contentHash);
  }

  /**
   * Creates the step.
   *
   * @param contentHash hashes the texts of rejected records, keyed with the dataset's name
   */
  public static CheckExamples create(ExampleChecker checker, ContentHash contentHash) {
    return new CheckExamples(checker, contentHash);
  }
}
