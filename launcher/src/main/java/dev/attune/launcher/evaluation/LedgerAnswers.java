package dev.attune.launcher.evaluation;

import dev.attune.launcher.evaluation.question.AnswerStore;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.ledger.ModelAnswer;
import java.util.Map;

/** Keeps answers in the ledger. */
public record LedgerAnswers(Ledger ledger) implements AnswerStore {
  @Override
  public Map<String, ModelAnswer> kept(String model, String dataset) {
    return ledger.answers().kept(model, dataset);
  }

  @Override
  public void keep(String model, String dataset, Map<String, ModelAnswer> answers) {
    ledger.answers().keep(model, dataset, answers);
  }
}
