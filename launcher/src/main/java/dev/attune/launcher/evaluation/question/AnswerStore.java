package dev.attune.launcher.evaluation.question;

import dev.attune.launcher.ledger.ModelAnswer;
import java.util.Map;

/** Keeps the answers of models, so that no answer is paid for twice. Safe for several threads. */
public interface AnswerStore {
  /**
   * Returns the kept answers and final failures of a model by the fingerprint of the example.
   *
   * @param model {@link AnsweringModel#name()}
   * @param dataset fingerprint of the dataset
   */
  Map<String, ModelAnswer> kept(String model, String dataset);

  /** Stores answers by the fingerprint of the example durably before it returns. */
  void keep(String model, String dataset, Map<String, ModelAnswer> answers);
}
