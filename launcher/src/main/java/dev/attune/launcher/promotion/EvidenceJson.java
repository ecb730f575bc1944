package dev.attune.launcher.promotion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.config.EvaluationConfig.Metric;
import dev.attune.launcher.promotion.Evidence.Compared;
import dev.attune.launcher.promotion.Evidence.Counted;
import dev.attune.launcher.promotion.Evidence.Gain;
import dev.attune.launcher.promotion.Evidence.Measured;
import dev.attune.launcher.promotion.gate.PairCounts;
import dev.attune.launcher.promotion.gate.PairedGain;
import dev.attune.launcher.promotion.preference.JudgedEvidence;
import dev.attune.schema.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads evidence from a document of evaluation.schema.json, version 1 or later. */
final class EvidenceJson {
  private EvidenceJson() {}

  /**
   * Reads a document; a figure that is absent or not a number counts as not measured.
   *
   * @throws JsonProcessingException if the text is not JSON
   */
  static Evidence read(String json) throws JsonProcessingException {
    JsonNode root = CanonicalJson.read(json.getBytes(StandardCharsets.UTF_8));
    return new Evidence(
        root.path("schemaVersion").asInt(),
        root.path("dataset").asText(),
        root.path("runId").asText(),
        root.path("fingerprint").asText(),
        root.path("examples").asInt(),
        root.path("unfair").asInt(),
        measured(root.path("model")),
        compared(root, "base"),
        compared(root, "champion"),
        JudgedEvidence.read(root));
  }

  private static @Nullable Compared compared(JsonNode root, String who) {
    JsonNode node = root.path(who);
    return node.isObject() ? new Compared(measured(node), gain(root.path("gain").path(who))) : null;
  }

  private static Measured measured(JsonNode node) {
    Map<Metric, Double> metrics = new EnumMap<>(Metric.class);
    for (Metric metric : Metric.values()) {
      double value = share(node.path(metric.key()));
      if (!Double.isNaN(value)) {
        metrics.put(metric, value);
      }
    }
    return new Measured(
        node.path("id").asText(),
        metrics,
        share(node.path("invalidShare")),
        categories(
            node,
            counts ->
                new Counted(
                    counts.path("support").asInt(),
                    counts.path("predicted").asInt(),
                    counts.path("correct").asInt())));
  }

  private static <T> Map<String, T> categories(JsonNode node, Function<JsonNode, T> value) {
    Map<String, T> categories = new LinkedHashMap<>();
    node.path("categories")
        .properties()
        .forEach(category -> categories.put(category.getKey(), value.apply(category.getValue())));
    return categories;
  }

  private static @Nullable Gain gain(JsonNode node) {
    if (!node.path("answers").isObject()) {
      return null;
    }
    Map<Metric, PairedGain> metrics = new EnumMap<>(Metric.class);
    for (Metric metric : Metric.values()) {
      JsonNode gain = node.path(metric.key());
      JsonNode value = gain.path("value");
      JsonNode low = gain.path("low");
      JsonNode high = gain.path("high");
      if (value.isNumber() && low.isNumber() && high.isNumber()) {
        metrics.put(
            metric, new PairedGain(value.doubleValue(), low.doubleValue(), high.doubleValue()));
      }
    }
    return new Gain(metrics, pairs(node.path("answers")), categories(node, EvidenceJson::pairs));
  }

  private static PairCounts pairs(JsonNode node) {
    return new PairCounts(node.path("better").asInt(), node.path("worse").asInt());
  }

  private static double share(JsonNode node) {
    return node.path("value").asDouble(Double.NaN);
  }
}
