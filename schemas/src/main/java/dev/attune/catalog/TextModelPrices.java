package dev.attune.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.catalog.TextModelPrice.LongInput;
import dev.attune.config.textmodel.LoopbackUrl;
import dev.attune.config.textmodel.ModelConfig;
import dev.attune.config.textmodel.ModelConfig.Access;
import dev.attune.config.textmodel.ModelConfig.TokenPrice;
import dev.attune.schema.CanonicalJson;
import dev.attune.schema.ClassResource;
import java.math.BigDecimal;
import java.net.URI;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What answers of text models cost: text-model-prices.json, with a source and a date in each row.
 */
public final class TextModelPrices {
  private static final String OPENAI_HOST = "api.openai.com";

  /** {@code ft:gpt-4.1-mini-2025-04-14:acme::id}: the base model, perhaps with its date. */
  private static final Pattern TUNED_OPENAI =
      Pattern.compile("(ft:[^:]+?)(-\\d{4}-\\d{2}-\\d{2})?(:.*)?");

  private static final TextModelPrices BUNDLED = readBundled();

  private final Map<String, TextModelPrice> prices;

  private TextModelPrices(Map<String, TextModelPrice> prices) {
    this.prices = prices;
  }

  /** Returns the prices that ship with Attune. */
  public static TextModelPrices bundled() {
    return BUNDLED;
  }

  /**
   * Returns the price of a configured model: the one that attune.yaml gives; nothing for a model on
   * this machine and for recorded answers; else the known one. Empty if it is unknown, also for a
   * known model at another host.
   */
  public Optional<TextModelPrice> of(ModelConfig model) {
    TokenPrice given = model.price();
    if (given != null) {
      return Optional.of(TextModelPrice.of(given, "attune.yaml"));
    }
    String url = model.access().baseUrl();
    if (model.provider() == ModelConfig.Provider.RECORDED || LoopbackUrl.isLoopback(url)) {
      return Optional.of(TextModelPrice.FREE);
    }
    String name = model.model();
    return name == null || !isVendor(model.provider(), model.access())
        ? Optional.empty()
        : find(model.provider(), name);
  }

  /** Returns the known price of a model at its vendor. */
  public Optional<TextModelPrice> find(ModelConfig.Provider provider, String name) {
    Matcher tuned = TUNED_OPENAI.matcher(name);
    return Optional.ofNullable(prices.get(key(provider, tuned.matches() ? tuned.group(1) : name)));
  }

  /** Returns all prices by provider and name, such as {@code gemini gemini-3.8-flash}. */
  Map<String, TextModelPrice> all() {
    return prices;
  }

  private static boolean isVendor(ModelConfig.Provider provider, Access access) {
    String url = access.baseUrl();
    return provider == ModelConfig.Provider.GEMINI
        ? url == null
        : url != null && OPENAI_HOST.equals(URI.create(url).getHost());
  }

  private static String key(ModelConfig.Provider provider, String name) {
    return provider.name().toLowerCase(Locale.ROOT) + " " + name;
  }

  private static TextModelPrices readBundled() {
    Map<String, TextModelPrice> prices = new LinkedHashMap<>();
    try {
      JsonNode document =
          CanonicalJson.read(ClassResource.bytes(TextModelPrices.class, "text-model-prices.json"));
      for (JsonNode row : document.path("models")) {
        prices.put(row.path("provider").asText() + " " + row.path("name").asText(), price(row));
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("text-model-prices.json is not JSON", e);
    }
    return new TextModelPrices(prices);
  }

  private static TextModelPrice price(JsonNode row) {
    return new TextModelPrice(
        new TokenPrice(
            row.path("usdPerMillionInputTokens").decimalValue(),
            row.path("usdPerMillionCachedInputTokens").decimalValue(),
            row.path("usdPerMillionOutputTokens").decimalValue(),
            cacheHour(row.path("cacheStorage"))),
        longInput(row.path("longInput")),
        BaseModelRows.day(row.path("endsOn")),
        row.path("source").asText(),
        LocalDate.parse(row.path("checkedOn").asText()));
  }

  private static @Nullable BigDecimal cacheHour(JsonNode node) {
    return node.isObject() ? node.path("usdPerMillionTokensAnHour").decimalValue() : null;
  }

  private static @Nullable LongInput longInput(JsonNode node) {
    return node.isObject()
        ? new LongInput(node.path("fromTokens").asLong(), node.path("times").decimalValue())
        : null;
  }
}
