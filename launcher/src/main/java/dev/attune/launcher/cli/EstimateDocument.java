package dev.attune.launcher.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.catalog.BaseModel.AskingPrice;
import dev.attune.launcher.console.JsonDocument;
import dev.attune.launcher.estimate.CostEstimate;
import dev.attune.launcher.estimate.EstimateResult;
import dev.attune.launcher.evaluation.cost.ContestantCost;
import dev.attune.launcher.evaluation.cost.EvaluationForecast;
import dev.attune.schema.DatasetManifest.Identity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The document of estimate.schema.json, which {@code attune estimate --json} prints. */
final class EstimateDocument {
  private static final int CENTS = 2;

  private EstimateDocument() {}

  static ObjectNode of(EstimateResult result) {
    CostEstimate estimate = result.estimate();
    return JsonDocument.object()
        .put("schemaVersion", 1)
        .putPOJO("dataset", Dataset.of(result.dataset().manifest().identity()))
        .put("backEnd", JsonDocument.word(estimate.backEnd()))
        .put("baseModel", estimate.baseModel())
        .putPOJO("training", estimate.training())
        .putPOJO("validation", estimate.validation())
        .put("method", estimate.method().id())
        .put("exact", estimate.method().exact())
        .put("epochs", estimate.epochs())
        .put("billedTokens", estimate.billedTokens())
        .putPOJO("price", estimate.price())
        .put("usd", estimate.usd())
        .putPOJO("evaluation", Evaluation.of(result.evaluation()))
        .put("totalUsd", estimate.usdWith(result.evaluation().cost()))
        .put("maxCostUsd", result.cap())
        .putPOJO("refusals", result.refusals())
        .putPOJO("warnings", result.warnings());
  }

  private record Dataset(String dataset, String runId, String fingerprint, String format) {
    static Dataset of(Identity dataset) {
      return new Dataset(
          dataset.dataset(), dataset.runId(), dataset.fingerprint(), dataset.format());
    }
  }

  private record Evaluation(
      long validation,
      int fair,
      List<Model> models,
      List<AskingPrice> prices,
      BigDecimal usd,
      boolean complete,
      @Nullable String refusal) {
    static Evaluation of(EvaluationForecast forecast) {
      return new Evaluation(
          forecast.validation(),
          forecast.fair(),
          forecast.cost().models().stream().map(Model::of).toList(),
          forecast.cost().prices(),
          forecast.cost().usd(),
          forecast.cost().isComplete(),
          forecast.refusal());
    }
  }

  private record Model(
      String standing,
      String id,
      boolean hosted,
      int questions,
      long inputTokens,
      long outputTokens,
      @Nullable BigDecimal usd) {
    static Model of(ContestantCost cost) {
      BigDecimal usd = cost.usd();
      return new Model(
          cost.role().key(),
          cost.id(),
          cost.hosted(),
          cost.questions(),
          cost.inputTokens(),
          cost.outputTokens(),
          usd == null ? null : usd.setScale(CENTS, RoundingMode.CEILING));
    }
  }
}
