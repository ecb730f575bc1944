package dev.attune.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.config.CurationRules.DuplicateRule;
import dev.attune.config.CurationRules.Limits;
import dev.attune.config.CurationRules.QualityRule;
import dev.attune.config.CurationRules.SplitRule;
import dev.attune.config.DatasetConfig.OutputConfig;
import dev.attune.config.EvaluationConfig.Metric;
import dev.attune.config.SourcesConfig.Connection;
import dev.attune.config.SourcesConfig.Feedback;
import dev.attune.config.SourcesConfig.FeedbackColumns;
import dev.attune.config.SourcesConfig.Generated;
import dev.attune.config.SourcesConfig.ObservationColumns;
import dev.attune.config.SourcesConfig.Observations;
import dev.attune.config.TuningConfig.BackEnd;
import dev.attune.config.TuningConfig.Hyperparameters;
import dev.attune.config.TuningConfig.Patience;
import dev.attune.config.TuningConfig.Place;
import dev.attune.filesystem.FileMode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Converts a checked configuration with all of its defaults into records. */
final class ConfigRecords {
  private ConfigRecords() {}

  static DatasetConfig dataset(JsonNode root) {
    return new DatasetConfig(
        root.path("dataset").asText(),
        Task.valueOf(upper(root.path("task"))),
        text(root, "systemInstruction"),
        text(root, "taxonomy"),
        sources(root.path("sources")),
        rules(root),
        new OutputConfig(
            root.at("/output/directory").asText(),
            OutputFormat.valueOf(upper(root.at("/output/format"))),
            FileMode.valueOf(upper(root.at("/output/mode")))));
  }

  private static SourcesConfig sources(JsonNode node) {
    JsonNode feedback = node.path("feedback");
    JsonNode observations = node.path("observations");
    JsonNode generated = node.path("generated");
    return new SourcesConfig(
        feedback.isObject() ? feedback(feedback) : null,
        observations.isObject() ? observations(observations) : null,
        generated.isObject() ? new Generated(texts(generated.path("files"))) : null);
  }

  private static Feedback feedback(JsonNode node) {
    JsonNode columns = node.path("columns");
    return new Feedback(
        new Connection(
            node.path("jdbcUrl").asText(),
            text(node, "username"),
            text(node, "passwordEnv"),
            text(node, "passwordSecret")),
        text(node, "table"),
        text(node, "query"),
        new FeedbackColumns(
            columns.path("id").asText(),
            text(columns, "group"),
            columns.path("prompt").asText(),
            columns.path("response").asText(),
            columns.path("rating").asText(),
            text(columns, "comment"),
            text(columns, "createdAt")),
        text(node, "partitionColumn"),
        text(node, "improvements"));
  }

  private static Observations observations(JsonNode node) {
    JsonNode columns = node.path("columns");
    return new Observations(
        texts(node.path("files")),
        new ObservationColumns(
            text(columns, "id"),
            text(columns, "group"),
            columns.path("text").asText(),
            columns.path("categories").asText(),
            text(columns, "media"),
            text(columns, "createdAt")),
        node.path("separator").asText().charAt(0),
        node.path("categorySeparator").asText());
  }

  private static CurationRules rules(JsonNode root) {
    JsonNode quality = root.path("quality");
    JsonNode duplicates = root.path("duplicates");
    JsonNode split = root.path("split");
    JsonNode limits = root.path("limits");
    BigDecimal tenths = quality.path("minimum").decimalValue().movePointRight(1);
    return new CurationRules(
        texts(root.path("redact")),
        new QualityRule(tenths.intValueExact(), texts(quality.path("sources"))),
        new DuplicateRule(
            duplicates.path("near").asBoolean(), duplicates.path("similarity").asDouble()),
        new SplitRule(
            split.path("validation").asDouble(),
            split.path("by").asText().equals("group"),
            split.path("seed").asText()),
        new Limits(
            limits.path("rejectedFraction").asDouble(),
            limits.path("recordBytes").asInt(),
            limits.path("allowTruncatedFiles").asBoolean(),
            limits.path("decompressedRatio").asInt(),
            number(limits, "trainingBytes"),
            number(limits, "trainingExamples"),
            limits.has("tokens") ? (Integer) limits.path("tokens").asInt() : null));
  }

  static TuningConfig tuning(JsonNode node) {
    return new TuningConfig(
        BackEnd.valueOf(upper(node.path("backEnd"))),
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
        Metric.of(node.path("metric").asText()),
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

  /** Parses a number and s, m or h. */
  private static Duration duration(String text) {
    return Duration.parse("PT" + text);
  }

  private static @Nullable Long number(JsonNode node, String key) {
    return node.has(key) ? (Long) node.path(key).asLong() : null;
  }

  private static @Nullable String text(JsonNode node, String key) {
    return node.has(key) ? node.path(key).asText() : null;
  }

  private static List<String> texts(JsonNode node) {
    List<String> result = new ArrayList<>();
    node.forEach(e -> result.add(e.asText()));
    return result;
  }

  private static String upper(JsonNode node) {
    return node.asText().toUpperCase(Locale.ROOT);
  }
}
