package dev.attune.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.config.AttuneConfig;
import dev.attune.config.ConfigLoader;
import dev.attune.config.textmodel.ModelConfig;
import dev.attune.schema.CanonicalJson;
import dev.attune.schema.ClassResource;
import dev.attune.schema.SchemaFile;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextModelPricesTest {
  private static final TextModelPrices PRICES = TextModelPrices.bundled();

  private static Optional<TextModelPrice> price(String keys) throws Exception {
    AttuneConfig config =
        ConfigLoader.parse(
            "dataset: d\n"
                + "task: conversation\n"
                + "sources: {generated: {files: [a.jsonl]}}\n"
                + "models: {m: {"
                + keys
                + "}}\n",
            "attune.yaml");
    return PRICES.of(Objects.requireNonNull(config.models().get("m")));
  }

  @Test
  void theFileIsValidAndEveryRowHasASourceAndADate() throws Exception {
    assertThat(
            SchemaFile.TEXT_MODEL_PRICES.validate(
                CanonicalJson.read(
                    ClassResource.bytes(TextModelPrices.class, "text-model-prices.json"))))
        .isEmpty();
    assertThat(PRICES.all().values())
        .allSatisfy(price -> assertThat(price.source()).isNotBlank())
        .allSatisfy(price -> assertThat(price.checkedOn()).isNotNull());
  }

  @Test
  void chargesInputCachedInputAndOutput() {
    TextModelPrice flash =
        PRICES.find(ModelConfig.Provider.GEMINI, "gemini-3.8-flash").orElseThrow();

    assertThat(flash.usd(1_000_000, 2_000_000, 1_000_000)).isEqualByComparingTo("4.65");
    assertThat(flash.usd(300, 0, 400)).isEqualByComparingTo("0.001725");
    assertThat(flash.times(new BigDecimal("1.5")).usd(1_000_000, 0, 1_000_000))
        .isEqualByComparingTo("6.75");
  }

  @Test
  void chargesMoreForLongRequests() {
    TextModelPrice pro =
        PRICES.find(ModelConfig.Provider.GEMINI, "gemini-3.1-pro-preview").orElseThrow();

    assertThat(pro.usd(200_000, 0, 0)).isEqualByComparingTo("0.4");
    assertThat(pro.usd(100_000, 100_001, 0)).isEqualByComparingTo("0.4400004");
  }

  @Test
  void chargesStorageInACacheByTheSecondWhereItsPriceIsKnown() {
    TextModelPrice flash =
        PRICES.find(ModelConfig.Provider.GEMINI, "gemini-3.8-flash").orElseThrow();
    TextModelPrice older =
        PRICES.find(ModelConfig.Provider.GEMINI, "gemini-3.5-flash").orElseThrow();

    assertThat(flash.storageUsd(2_000_000, Duration.ofMinutes(90)).orElseThrow())
        .isEqualByComparingTo("1.5");
    assertThat(older.storageUsd(2_000_000, Duration.ofMinutes(90))).isEmpty();
    assertThat(TextModelPrice.FREE.storageUsd(1, Duration.ofHours(1)).orElseThrow()).isZero();
  }

  @Test
  void knowsWhichModelsHaveEnded() {
    TextModelPrice ended =
        PRICES.find(ModelConfig.Provider.GEMINI, "gemini-3.6-flash").orElseThrow();

    assertThat(ended.hasEnded(LocalDate.parse("2026-11-18"))).isFalse();
    assertThat(ended.hasEnded(LocalDate.parse("2026-11-19"))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "provider: gemini, model: gemini-3.8-flash, apiKeyEnv: K|3.75",
        "provider: openai, model: gpt-6-luna, baseUrl: 'https://api.openai.com/v1'|0.5",
        "provider: openai, model: 'ft:gpt-4.1-mini-2025-04-14:acme::x', baseUrl:"
            + " 'https://api.openai.com/v1'|3.2",
        "provider: openai, model: gpt-6-luna, baseUrl: 'https://proxy.example/v1'|",
        "provider: openai, model: unheard-of, baseUrl: 'https://api.openai.com/v1'|",
        "provider: openai, model: gpt-6-luna, baseUrl: 'http://127.0.0.1:8080/v1'|0",
        "provider: openai, model: x, baseUrl: 'http://[::1]:8080/v1', price: {input: 1, output:"
            + " 7}|7",
        "provider: recorded, files: a.jsonl|0",
      })
  void findsThePriceOfAConfiguredModel(String keys, String output) throws Exception {
    assertThat(price(keys).map(known -> known.usd(0, 0, 1_000_000).stripTrailingZeros()))
        .isEqualTo(
            Optional.ofNullable(output).map(usd -> new BigDecimal(usd).stripTrailingZeros()));
  }
}
