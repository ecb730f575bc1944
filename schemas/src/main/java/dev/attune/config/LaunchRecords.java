package dev.attune.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.config.EvaluationConfig.Metric;
import dev.attune.config.TuningConfig.BackEnd;
import dev.attune.config.TuningConfig.Hyperparameters;
import dev.attune.config.TuningConfig.Patience;
import dev.attune.config.TuningConfig.Place;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The records of what a configuration says to the launcher, once it is checked. */
final class LaunchRecords {
  private LaunchRecords() {}

  static TuningConfig tuning(JsonNode node) {
    return new TuningConfig(
        BackEnd.valueOf(node.path("backEnd").asText().toUpperCase(Locale.ROOT)),
        text(node, "baseModel"),
        new Place(
            text(node, "project"),
            text(node, "location"),
            text(node, "bucket"),
            text(node, "endpoint"),
            node.path("plaintext").asBoolean(),
            text(node, "storageEndpoint")),
        new Hyperparameters(
            node.path("epochs").asInt(),
            node.path("adapterSize").asInt(),
            node.path("learningRateMultiplier").asDouble()),
        node.has("maxCostUsd") ? (Double) node.path("maxCostUsd").asDouble() : null,
        new Patience(
            duration(node.path("createGrace").asText()),
            duration(node.path("callDeadline").asText("60s")),
            node.has("pollInterval") ? duration(node.path("pollInterval").asText()) : null,
            duration(node.path("deadline").asText("24h"))),
        text(node, "baseModels"));
  }

  static EvaluationConfig evaluation(JsonNode node) {
    return new EvaluationConfig(
        metric(node.path("metric").asText()),
        node.path("minimumGainOverBase").asDouble(),
        node.path("maximumRecallDropPerCategory").asDouble(),
        node.path("maximumInvalidShare").asDouble(0.05),
        node.path("minimumExamples").asInt(30),
        node.path("parallelism").asInt(4),
        node.path("requestsPerMinute").asInt(300));
  }

  static LedgerConfig ledger(JsonNode node) {
    return new LedgerConfig(
        node.path("jdbcUrl").asText(), text(node, "username"), text(node, "passwordEnv"));
  }

  private static Metric metric(String key) {
    for (Metric metric : Metric.values()) {
      if (metric.key().equals(key)) {
        return metric;
      }
    }
    throw new IllegalArgumentException("the schema knows no metric " + key);
  }

  /** A number and s, m or h. */
  private static Duration duration(String text) {
    long number = Long.parseLong(text.substring(0, text.length() - 1));
    return switch (text.charAt(text.length() - 1)) {
      case 's' -> Duration.ofSeconds(number);
      case 'm' -> Duration.ofMinutes(number);
      case 'h' -> Duration.ofHours(number);
      default -> throw new IllegalArgumentException("the schema takes no duration " + text);
    };
  }

  private static @Nullable String text(JsonNode node, String key) {
    return node.has(key) ? node.path(key).asText() : null;
  }
}
