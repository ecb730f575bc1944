package dev.attune.launcher.evaluation.document;

import dev.attune.launcher.promotion.GatePreview;
import dev.attune.schema.DatasetManifest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The dataset, champion and gate of an evaluation, for evaluation.html only.
 *
 * @param read records by configured source
 * @param training examples in train.jsonl
 * @param validation examples in valid.jsonl
 * @param carried examples of both files from the previous dataset
 * @param rejected rejected records
 * @param champion id of the champion, or null
 * @param gate result of the gate, or null if the figures are not sufficient
 */
public record EvaluationContext(
    Map<String, Long> read,
    long training,
    long validation,
    long carried,
    long rejected,
    @Nullable String champion,
    @Nullable GatePreview gate) {
  public EvaluationContext {
    read = Collections.unmodifiableMap(new LinkedHashMap<>(read));
  }

  /** Returns the context of an evaluation on a dataset. */
  public static EvaluationContext of(
      DatasetManifest dataset, @Nullable String champion, @Nullable GatePreview gate) {
    DatasetManifest.Read counts = dataset.counts().read();
    DatasetManifest.Sources sources = dataset.sources();
    Map<String, Long> read = new LinkedHashMap<>();
    if (sources.feedback() != null) {
      read.put("feedback", counts.feedback());
    }
    if (sources.observations() != null) {
      read.put("observations", counts.observations());
    }
    if (sources.generated() != null) {
      read.put("generated", counts.generated());
    }
    DatasetManifest.Previous previous = sources.previous();
    return new EvaluationContext(
        read,
        dataset.trainingExamples(),
        dataset.validationExamples(),
        previous == null ? 0 : previous.training() + previous.validation(),
        dataset.counts().rejected().total(),
        champion,
        gate);
  }

  long allRead() {
    return read.values().stream().mapToLong(Long::longValue).sum();
  }
}
