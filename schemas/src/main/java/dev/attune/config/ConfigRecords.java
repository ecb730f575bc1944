package dev.attune.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.config.CurationRules.DuplicateRule;
import dev.attune.config.CurationRules.Limits;
import dev.attune.config.CurationRules.QualityRule;
import dev.attune.config.CurationRules.SplitRule;
import dev.attune.config.DatasetConfig.OutputConfig;
import dev.attune.config.SourcesConfig.Connection;
import dev.attune.config.SourcesConfig.Feedback;
import dev.attune.config.SourcesConfig.FeedbackColumns;
import dev.attune.config.SourcesConfig.Generated;
import dev.attune.config.SourcesConfig.ObservationColumns;
import dev.attune.config.SourcesConfig.Observations;
import dev.attune.filesystem.FileMode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The records of a configuration that is checked and has its defaults. */
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
