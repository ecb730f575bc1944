package dev.attune.launcher.evaluation;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps answers while a test lasts; the first that is kept stays. */
public final class Notebook implements KeptAnswers {
  private final Map<String, Map<String, String>> pages = new ConcurrentHashMap<>();

  @Override
  public Map<String, String> kept(String model, String dataset) {
    return new HashMap<>(page(model, dataset));
  }

  @Override
  public void keep(String model, String dataset, Map<String, String> answers) {
    answers.forEach(page(model, dataset)::putIfAbsent);
  }

  private Map<String, String> page(String model, String dataset) {
    return pages.computeIfAbsent(model + "\n" + dataset, key -> new ConcurrentHashMap<>());
  }
}
