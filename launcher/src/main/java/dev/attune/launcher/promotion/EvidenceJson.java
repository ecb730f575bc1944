package dev.attune.launcher.promotion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.config.EvaluationConfig.Metric;
import dev.attune.launcher.promotion.Evidence.Counted;
import dev.attune.launcher.promotion.Evidence.Measured;
import dev.attune.schema.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Evidence from a document of evaluation.schema.json. */
final class EvidenceJson {
  private EvidenceJson() {}

  /**
   * Reads what is there; a figure that is absent or no number was not measured.
   *
   * @throws JsonProcessingException if it is no JSON
   */
  static Evidence read(String json) throws JsonProcessingException {
    JsonNode root = CanonicalJson.read(json.getBytes(StandardCharsets.UTF_8));
    return new Evidence(
        root.path("dataset").asText(),
        root.path("runId").asText(),
        root.path("fingerprint").asText(),
        root.path("examples").asInt(),
        measured(root.path("model")),
        compared(root.path("base")),
        compared(root.path("champion")));
  }

  private static @Nullable Measured compared(JsonNode node) {
    return node.isObject() ? measured(node) : null;
  }

  private static Measured measured(JsonNode node) {
    Map<Metric, Double> metrics = new EnumMap<>(Metric.class);
    for (Metric metric : Metric.values()) {
      double value = share(node.path(metric.key()));
      if (!Double.isNaN(value)) {
        metrics.put(metric, value);
      }
    }
    Map<String, Counted> categories = new LinkedHashMap<>();
    node.path("categories")
        .properties()
        .forEach(category -> categories.put(category.getKey(), counted(category.getValue())));
    return new Measured(
        node.path("id").asText(), metrics, share(node.path("invalidShare")), categories);
  }

  private static Counted counted(JsonNode node) {
    return new Counted(
        node.path("support").asInt(), node.path("predicted").asInt(), node.path("correct").asInt());
  }

  private static double share(JsonNode node) {
    return node.path("value").asDouble(Double.NaN);
  }
}
