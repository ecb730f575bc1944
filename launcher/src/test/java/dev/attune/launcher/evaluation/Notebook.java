package dev.attune.launcher.evaluation;

import dev.attune.launcher.evaluation.question.AnswerStore;
import dev.attune.launcher.ledger.ModelAnswer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps answers while a test lasts; the first that is kept stays. */
public final class Notebook implements AnswerStore {
  private final Map<String, Map<String, ModelAnswer>> pages = new ConcurrentHashMap<>();

  @Override
  public Map<String, ModelAnswer> kept(String model, String dataset) {
    return new HashMap<>(page(model, dataset));
  }

  @Override
  public void keep(String model, String dataset, Map<String, ModelAnswer> answers) {
    answers.forEach(page(model, dataset)::putIfAbsent);
  }

  private Map<String, ModelAnswer> page(String model, String dataset) {
    return pages.computeIfAbsent(model + "\n" + dataset, key -> new ConcurrentHashMap<>());
  }
}
