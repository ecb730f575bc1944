package dev.attune.launcher.cli.decision;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.attune.config.EvaluationConfig.Metric;
import dev.attune.config.TuningConfig.Hyperparameters;
import dev.attune.launcher.console.JsonDocument;
import dev.attune.launcher.ledger.Datasets;
import dev.attune.launcher.ledger.Evaluations;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Promotions;
import dev.attune.launcher.ledger.Stamp;
import dev.attune.launcher.promotion.Evidence;
import dev.attune.launcher.promotion.Evidence.Measured;
import dev.attune.launcher.promotion.ListedModel;
import dev.attune.launcher.promotion.ModelList;
import dev.attune.launcher.tuning.TuningJobState;
import dev.attune.place.Place;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The document of models.schema.json, which attune models prints with --json. */
record ModelsJson(
    int schemaVersion,
    String dataset,
    @Nullable String champion,
    EnvFileEntry envFile,
    int modelsOfOtherDatasets,
    List<ModelEntry> models) {
  private static final int VERSION = 1;

  static String of(ModelList list) {
    return JsonDocument.text(
        new ModelsJson(
            VERSION,
            list.dataset(),
            list.champion(),
            new EnvFileEntry(
                list.envFile().file(), list.envFile().modelId(), list.isEnvFileBehind()),
            list.modelsOfOtherDatasets(),
            list.models().stream().map(ModelEntry::of).toList()));
  }

  private record EnvFileEntry(String file, @Nullable String modelId, boolean behind) {}

  private record ModelEntry(
      String id,
      String use,
      boolean forced,
      @JsonUnwrapped Origin origin,
      DatasetEntry dataset,
      JobEntry job,
      @Nullable EvaluationEntry evaluation,
      List<DecisionEntry> decisions) {
    static ModelEntry of(ListedModel model) {
      Job job = model.job();
      Datasets.Entry dataset = model.dataset();
      return new ModelEntry(
          job.id(),
          model.use().words(),
          model.forced() != null,
          new Origin(
              job.spec().backEnd(),
              job.spec().baseModel(),
              job.spec().location(),
              job.spec().hyperparameters()),
          new DatasetEntry(
              dataset.directory(),
              dataset.runId(),
              dataset.fingerprint(),
              dataset.inputFingerprint()),
          new JobEntry(
              job.name(),
              job.model(),
              job.endpoint(),
              job.state(),
              job.stamp().at(),
              model.tunedAt(),
              job.stamp().by()),
          EvaluationEntry.of(model.evaluation(), model.evidence()),
          model.decisions().stream().map(DecisionEntry::of).toList());
    }
  }

  private record Origin(
      String backEnd, String baseModel, String location, Hyperparameters hyperparameters) {}

  private record DatasetEntry(
      Place directory, String runId, String fingerprint, String inputFingerprint) {}

  private record JobEntry(
      @Nullable String name,
      @Nullable String model,
      @Nullable String endpoint,
      TuningJobState state,
      Instant at,
      Instant tunedAt,
      String by) {}

  private record EvaluationEntry(
      String id,
      String fingerprint,
      String report,
      boolean olderRules,
      @JsonUnwrapped Stamp stamp,
      @Nullable Map<String, Object> model,
      @Nullable Map<String, Object> base,
      @Nullable Map<String, Object> champion) {
    static @Nullable EvaluationEntry of(
        Evaluations.@Nullable Entry entry, @Nullable Evidence evidence) {
      return entry == null
          ? null
          : new EvaluationEntry(
              entry.id(),
              entry.dataset(),
              entry.report(),
              evidence != null && evidence.isOlder(),
              entry.stamp(),
              measured(evidence == null ? null : evidence.model()),
              measured(evidence == null ? null : evidence.measuredBase()),
              measured(evidence == null ? null : evidence.measuredChampion()));
    }

    private static @Nullable Map<String, Object> measured(@Nullable Measured measured) {
      if (measured == null) {
        return null;
      }
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("id", measured.id());
      for (Metric metric : Metric.values()) {
        figures.put(metric.key(), DecisionDetails.figure(measured.figure(metric)));
      }
      figures.put("invalidShare", DecisionDetails.figure(measured.invalidShare()));
      return figures;
    }
  }

  private record DecisionEntry(
      String decision,
      @Nullable String previous,
      @Nullable String evaluation,
      @JsonUnwrapped DecisionDetails details,
      @JsonUnwrapped Stamp stamp) {
    static DecisionEntry of(Promotions.Entry entry) {
      return new DecisionEntry(
          entry.kind().key(),
          entry.previous(),
          entry.evaluation(),
          DecisionDetails.of(entry),
          entry.stamp());
    }
  }
}
