package dev.attune.config;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.attune.config.CurationRules.DuplicateRule;
import dev.attune.config.CurationRules.Limits;
import dev.attune.config.CurationRules.QualityRule;
import dev.attune.config.CurationRules.SplitRule;
import dev.attune.config.DatasetConfig.OutputConfig;
import dev.attune.config.EvaluationConfig.Judging;
import dev.attune.config.EvaluationConfig.Metric;
import dev.attune.config.SourcesConfig.Connection;
import dev.attune.config.SourcesConfig.Feedback;
import dev.attune.config.SourcesConfig.FeedbackColumns;
import dev.attune.config.SourcesConfig.Generated;
import dev.attune.config.SourcesConfig.Observations;
import dev.attune.config.TuningConfig.BackEnd;
import dev.attune.config.TuningConfig.Hyperparameters;
import dev.attune.config.TuningConfig.Patience;
import dev.attune.config.TuningConfig.TuningPlace;
import dev.attune.config.textmodel.ImprovementConfig;
import dev.attune.schema.CanonicalJson;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Converts a checked configuration with all of its defaults into records. */
final class ConfigRecords {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .build();

  private ConfigRecords() {}

  /** Returns an object whose keys are the components of a record. */
  private static <T> T record(JsonNode node, Class<T> type) {
    return JSON.convertValue(node, type);
  }

  static DatasetConfig dataset(JsonNode root) {
    return new DatasetConfig(
        root.path("dataset").asText(),
        Task.valueOf(upper(root.path("task"))),
        text(root, "systemInstruction"),
        text(root, "taxonomy"),
        sources(root.path("sources"), root.has("improvement")),
        rules(root),
        record(root.path("output"), OutputConfig.class));
  }

  private static SourcesConfig sources(JsonNode node, boolean awaited) {
    JsonNode feedback = node.path("feedback");
    JsonNode observations = node.path("observations");
    JsonNode generated = node.path("generated");
    return new SourcesConfig(
        feedback.isObject() ? feedback(feedback, awaited) : null,
        observations.isObject() ? record(observations, Observations.class) : null,
        generated.isObject() ? record(generated, Generated.class) : null);
  }

  private static Feedback feedback(JsonNode node, boolean awaited) {
    return new Feedback(
        record(node, Connection.class),
        text(node, "table"),
        text(node, "query"),
        record(node.path("columns"), FeedbackColumns.class),
        text(node, "partitionColumn"),
        text(node, "improvements"),
        awaited);
  }

  private static CurationRules rules(JsonNode root) {
    JsonNode quality = root.path("quality");
    JsonNode split = root.path("split");
    BigDecimal tenths = quality.path("minimum").decimalValue().movePointRight(1);
    return new CurationRules(
        CanonicalJson.texts(root.path("redact")),
        new QualityRule(tenths.intValueExact(), CanonicalJson.texts(quality.path("sources"))),
        record(root.path("duplicates"), DuplicateRule.class),
        new SplitRule(
            split.path("validation").asDouble(),
            split.path("by").asText().equals("group"),
            split.path("seed").asText()),
        record(root.path("limits"), Limits.class));
  }

  static TuningConfig tuning(JsonNode node) {
    return new TuningConfig(
        BackEnd.valueOf(upper(node.path("backEnd"))),
        text(node, "baseModel"),
        record(node, TuningPlace.class),
        record(node, Hyperparameters.class),
        node.has("maxCostUsd") ? (Double) node.path("maxCostUsd").asDouble() : null,
        new Patience(
            duration(node.path("createGrace").asText()),
            duration(node.path("callDeadline").asText("60s")),
            node.has("pollInterval") ? duration(node.path("pollInterval").asText()) : null,
            duration(node.path("deadline").asText("24h"))),
        text(node, "baseModels"));
  }

  static DataflowConfig dataflow(JsonNode node, TuningPlace tuning) {
    String project = text(node, "project");
    String region = text(node, "region");
    Map<String, String> labels = new HashMap<>();
    node.path("labels").properties().forEach(e -> labels.put(e.getKey(), e.getValue().asText()));
    return new DataflowConfig(
        new DataflowConfig.JobPlace(
            project == null ? tuning.project() : project,
            region == null ? tuning.location() : region,
            text(node, "tempLocation")),
        record(node, DataflowConfig.Workers.class),
        labels,
        node.has("maxCostUsd") ? (Double) node.path("maxCostUsd").asDouble() : null);
  }

  static EvaluationConfig evaluation(JsonNode node) {
    return new EvaluationConfig(
        Metric.of(node.path("metric").asText()),
        node.path("minimumGainOverBase").asDouble(),
        node.path("maximumRecallDropPerCategory").asDouble(),
        node.path("maximumInvalidShare").asDouble(0.05),
        node.path("minimumExamples").asInt(30),
        node.path("parallelism").asInt(4),
        node.path("requestsPerMinute").asInt(300),
        new Judging(
            CanonicalJson.texts(node.path("judges")),
            text(node, "rubric"),
            text(node, "gold"),
            node.path("minimumJudgeAgreement").asDouble(Judging.MINIMUM_AGREEMENT)));
  }

  /** Returns the section {@code improvement}, or null if there is none. */
  static @Nullable ImprovementConfig improvement(JsonNode node) {
    return node.isObject()
        ? new ImprovementConfig(
            node.path("model").asText(),
            text(node, "judge"),
            node.path("limit").asInt(ImprovementConfig.DEFAULT_LIMIT))
        : null;
  }

  static LedgerConfig ledger(JsonNode node) {
    return record(node, LedgerConfig.class);
  }

  /** Parses a number and s, m or h. */
  private static Duration duration(String text) {
    return Duration.parse("PT" + text);
  }

  private static @Nullable String text(JsonNode node, String key) {
    return node.has(key) ? node.path(key).asText() : null;
  }

  private static String upper(JsonNode node) {
    return node.asText().toUpperCase(Locale.ROOT);
  }
}
