package dev.attune.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.catalog.BaseModel.AskingPrice;
import dev.attune.catalog.BaseModel.Price;
import dev.attune.launcher.estimate.CostEstimate;
import dev.attune.launcher.estimate.EstimateResult;
import dev.attune.launcher.estimate.SplitTokens;
import dev.attune.launcher.evaluation.cost.AskingCost;
import dev.attune.launcher.evaluation.cost.EvaluationForecast;
import dev.attune.schema.CanonicalJson;
import dev.attune.schema.DatasetManifest.Identity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An estimate for programs: a document of estimate.schema.json. */
final class EstimateJson {
  private static final int CENTS = 2;

  private EstimateJson() {}

  static String of(EstimateResult result) {
    CostEstimate estimate = result.estimate();
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schemaVersion", 1);
    Identity identity = result.dataset().manifest().identity();
    root.putObject("dataset")
        .put("dataset", identity.dataset())
        .put("runId", identity.runId())
        .put("fingerprint", identity.fingerprint())
        .put("format", identity.format());
    root.put("backEnd", estimate.backEnd().name().toLowerCase(Locale.ROOT));
    root.put("baseModel", estimate.baseModel());
    root.set("training", split(estimate.training()));
    root.set("validation", split(estimate.validation()));
    root.put("method", estimate.method().id());
    root.put("exact", estimate.method().exact());
    root.put("epochs", estimate.epochs());
    root.put("billedTokens", estimate.billedTokens());
    root.set("price", price(estimate.price()));
    BigDecimal usd = estimate.usd();
    root.set("usd", number(usd));
    root.set("evaluation", evaluation(result.evaluation()));
    BigDecimal together = estimate.usdWith(result.evaluation().cost());
    root.set("totalUsd", number(together));
    Double cap = result.cap();
    root.set(
        "maxCostUsd",
        cap == null ? NullNode.getInstance() : CanonicalJson.number(BigDecimal.valueOf(cap)));
    put(root.putArray("refusals"), result.refusals());
    put(root.putArray("warnings"), result.warnings());
    return new String(CanonicalJson.pretty(root), StandardCharsets.UTF_8);
  }

  private static JsonNode number(@Nullable BigDecimal number) {
    return number == null ? NullNode.getInstance() : CanonicalJson.number(number);
  }

  private static ObjectNode evaluation(EvaluationForecast forecast) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("validation", forecast.validation());
    node.put("fair", forecast.fair());
    ArrayNode models = node.putArray("models");
    for (AskingCost cost : forecast.cost().models()) {
      BigDecimal usd = cost.usd();
      models
          .addObject()
          .put("standing", cost.standing().key())
          .put("id", cost.id())
          .put("hosted", cost.hosted())
          .put("questions", cost.questions())
          .put("inputTokens", cost.inputTokens())
          .put("outputTokens", cost.outputTokens())
          .set("usd", number(usd == null ? null : usd.setScale(CENTS, RoundingMode.CEILING)));
    }
    ArrayNode prices = node.putArray("prices");
    for (AskingPrice price : forecast.cost().prices()) {
      ObjectNode row = prices.addObject();
      row.set("usdPerMillionInputTokens", number(price.usdPerMillionInputTokens()));
      row.set("usdPerMillionOutputTokens", number(price.usdPerMillionOutputTokens()));
      row.set("tunedTimes", number(price.tunedTimes()));
      row.put("source", price.source());
      row.put("checkedOn", price.checkedOn().toString());
    }
    node.set("usd", number(forecast.cost().usd()));
    node.put("complete", forecast.cost().isComplete());
    node.put("refusal", forecast.refusal());
    return node;
  }

  private static ObjectNode split(SplitTokens split) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("examples", split.examples())
        .put("records", split.records())
        .put("tokens", split.tokens())
        .put("examplesWithMedia", split.examplesWithMedia());
  }

  private static JsonNode price(@Nullable Price price) {
    if (price == null) {
      return NullNode.getInstance();
    }
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.set(
        "usdPerMillionTrainingTokens", CanonicalJson.number(price.usdPerMillionTrainingTokens()));
    node.put("source", price.source());
    return node.put("checkedOn", price.checkedOn().toString());
  }

  private static void put(ArrayNode array, List<String> sentences) {
    sentences.forEach(array::add);
  }
}
