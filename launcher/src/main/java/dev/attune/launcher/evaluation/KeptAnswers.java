package dev.attune.launcher.evaluation;

import dev.attune.launcher.ledger.ModelAnswer;
import java.util.Map;

/** What models answered, kept so that nobody pays for an answer twice. Safe for several threads. */
public interface KeptAnswers {
  /**
   * What a model answered so far, by the fingerprint of the example; questions that failed for good
   * are among them.
   *
   * @param model the name under which its answers are kept
   * @param dataset the dataset's fingerprint
   */
  Map<String, ModelAnswer> kept(String model, String dataset);

  /** Keeps answers by the fingerprint of the example; when it returns, no kill can lose them. */
  void keep(String model, String dataset, Map<String, ModelAnswer> answers);
}
