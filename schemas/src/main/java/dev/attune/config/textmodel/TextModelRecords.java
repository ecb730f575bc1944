package dev.attune.config.textmodel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.config.textmodel.ModelConfig.Access;
import dev.attune.config.textmodel.ModelConfig.Answers;
import dev.attune.config.textmodel.ModelConfig.RequestLimits;
import dev.attune.config.textmodel.ModelConfig.TokenPrice;
import dev.attune.schema.CanonicalJson;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Converts the checked sections {@code models} and {@code spending} into records. */
public final class TextModelRecords {
  /** The limit of an answer in tokens where attune.yaml gives none. */
  public static final int MAX_OUTPUT_TOKENS = 2048;

  private static final int REQUESTS_PER_MINUTE = 60;
  private static final int PARALLELISM = 4;
  private static final String DEADLINE = "2m";

  private TextModelRecords() {}

  /** Returns the models by their keys, in the order of attune.yaml. */
  public static Map<String, ModelConfig> models(JsonNode section) {
    Map<String, ModelConfig> models = new LinkedHashMap<>();
    section
        .properties()
        .forEach(entry -> models.put(entry.getKey(), model(entry.getKey(), entry.getValue())));
    return Collections.unmodifiableMap(models);
  }

  /** Returns the section {@code spending}. */
  public static SpendingConfig spending(JsonNode section) {
    return new SpendingConfig(decimal(section, "maxCostUsd"));
  }

  private static ModelConfig model(String name, JsonNode node) {
    ModelConfig.Provider provider =
        ModelConfig.Provider.valueOf(node.path("provider").asText().toUpperCase(Locale.ROOT));
    Integer longest = number(node, "maxOutputTokens");
    if (longest == null && provider != ModelConfig.Provider.CHAMPION) {
      longest = MAX_OUTPUT_TOKENS;
    }
    return new ModelConfig(
        name,
        provider,
        text(node, "model"),
        text(node, "family"),
        new Access(
            text(node, "baseUrl"),
            text(node, "apiKeyEnv"),
            text(node, "project"),
            text(node, "location")),
        new Answers(
            node.has("temperature") ? (Double) node.path("temperature").asDouble() : null,
            longest,
            number(node, "seed"),
            text(node, "thinking")),
        limits(node),
        price(node.path("price")),
        text(node, "fallback"),
        files(node.path("recordTo").isTextual() ? node.path("recordTo") : node.path("files")));
  }

  /** Returns the limits of a model; the defaults for a missing node. */
  public static RequestLimits limits(JsonNode node) {
    return new RequestLimits(
        node.path("requestsPerMinute").asInt(REQUESTS_PER_MINUTE),
        number(node, "tokensPerMinute"),
        node.path("parallelism").asInt(PARALLELISM),
        Duration.parse("PT" + node.path("deadline").asText(DEADLINE)));
  }

  private static @Nullable TokenPrice price(JsonNode node) {
    BigDecimal input = decimal(node, "input");
    BigDecimal output = decimal(node, "output");
    if (input == null || output == null) {
      return null;
    }
    BigDecimal cached = decimal(node, "cachedInput");
    return new TokenPrice(
        input, cached == null ? input : cached, output, decimal(node, "cacheHour"));
  }

  private static List<String> files(JsonNode node) {
    return node.isTextual() ? List.of(node.textValue()) : CanonicalJson.texts(node);
  }

  private static @Nullable String text(JsonNode node, String key) {
    return node.has(key) ? node.path(key).asText() : null;
  }

  private static @Nullable Integer number(JsonNode node, String key) {
    return node.has(key) ? (Integer) node.path(key).asInt() : null;
  }

  private static @Nullable BigDecimal decimal(JsonNode node, String key) {
    return node.has(key) ? node.path(key).decimalValue() : null;
  }
}
