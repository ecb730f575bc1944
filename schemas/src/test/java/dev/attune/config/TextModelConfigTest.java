package dev.attune.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.config.textmodel.ModelConfig;
import dev.attune.config.textmodel.ModelConfig.Access;
import dev.attune.config.textmodel.ModelConfig.Answers;
import dev.attune.config.textmodel.ModelConfig.RequestLimits;
import dev.attune.config.textmodel.ModelConfig.TokenPrice;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextModelConfigTest {
  private static final String CONTRACT =
      """
      models:
        writer: {provider: gemini, model: gemini-3.8-flash, project: my-project, location: global, thinking: low, temperature: 0.9, maxOutputTokens: 1024}
        judge:  {provider: openai, family: gpt, baseUrl: https://api.openai.com/v1, model: gpt-6-luna, apiKeyEnv: OPENAI_API_KEY, requestsPerMinute: 500}
        here:   {provider: openai, baseUrl: http://127.0.0.1:8080/v1, model: smollm2-135m}
        tuned:  {provider: champion, fallback: writer}
        replay: {provider: recorded, files: recorded/*.jsonl}
      spending: {maxCostUsd: 5}
      """;

  private static ModelConfig model(String name, String keys) throws ConfigException {
    Map<String, ModelConfig> models =
        Yaml.load(Yaml.LEAST + "models:\n  " + name + ": {" + keys + "}\n").models();
    return Objects.requireNonNull(models.get(name));
  }

  @Test
  void readsTheModelsOfTheContractInTheirOrder() throws Exception {
    AttuneConfig config = Yaml.load(Yaml.LEAST + CONTRACT);

    assertThat(config.models().keySet())
        .containsExactly("writer", "judge", "here", "tuned", "replay");
    assertThat(config.models().get("writer"))
        .isEqualTo(
            new ModelConfig(
                "writer",
                ModelConfig.Provider.GEMINI,
                "gemini-3.8-flash",
                null,
                new Access(null, null, "my-project", "global"),
                new Answers(0.9, 1024, null, "low"),
                new RequestLimits(60, null, 4, Duration.ofMinutes(2)),
                null,
                null,
                List.of()));
    assertThat(config.models().get("judge"))
        .isEqualTo(
            new ModelConfig(
                "judge",
                ModelConfig.Provider.OPENAI,
                "gpt-6-luna",
                "gpt",
                new Access("https://api.openai.com/v1", "OPENAI_API_KEY", null, null),
                new Answers(null, 2048, null, null),
                new RequestLimits(500, null, 4, Duration.ofMinutes(2)),
                null,
                null,
                List.of()));
    assertThat(Objects.requireNonNull(config.models().get("tuned")).fallback()).isEqualTo("writer");
    assertThat(Objects.requireNonNull(config.models().get("replay")).files())
        .containsExactly("recorded/*.jsonl");
    assertThat(config.spending().maxCostUsd()).isEqualByComparingTo("5");
  }

  @Test
  void hasNoModelsAndNoCapWithoutTheSections() throws Exception {
    AttuneConfig config = Yaml.load(Yaml.LEAST);

    assertThat(config.models()).isEmpty();
    assertThat(config.spending().maxCostUsd()).isNull();
    assertThat(config.effective().has("models")).isFalse();
  }

  @Test
  void readsLimitsAndPrice() throws Exception {
    ModelConfig model =
        model(
            "m",
            "provider: openai, model: m, baseUrl: 'https://h/v1', seed: 7, thinking: 512,"
                + " requestsPerMinute: 9, tokensPerMinute: 1000, parallelism: 2, deadline: 30s,"
                + " price: {input: 0.1, output: 2}, recordTo: a/b.jsonl");

    assertThat(model.limits()).isEqualTo(new RequestLimits(9, 1000, 2, Duration.ofSeconds(30)));
    assertThat(model.price())
        .isEqualTo(
            new TokenPrice(new BigDecimal("0.1"), new BigDecimal("0.1"), new BigDecimal("2")));
    assertThat(model.answers()).isEqualTo(new Answers(null, 2048, 7, "512"));
    assertThat(model.files()).containsExactly("a/b.jsonl");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "provider: gemini, model: g|gemini needs project and location, for Vertex AI, or apiKeyEnv",
        "provider: gemini, project: p, location: us|the key \"model\" is missing",
        "provider: gemini, model: g, project: p|the key \"location\" is missing; Vertex AI needs",
        "provider: gemini, model: g, apiKeyEnv: K, location: us|gemini is asked either by",
        "provider: openai, model: g|the key \"baseUrl\" is missing; provider openai needs it",
        "provider: openai, model: g, baseUrl: 'https://h', project: p|\"project\" has no effect",
        "provider: openai, model: g, baseUrl: 'http://h.example/v1'|use https:",
        "provider: openai, model: g, baseUrl: 'http://127.0.0.1.evil.example/v1'|use https:",
        "provider: openai, model: g, baseUrl: 'https://me:secret@h/v1'|has a user or a password",
        "provider: openai, model: g, baseUrl: 'https://h\\x/v1'|is no URL with a host",
        "provider: openai, model: g, baseUrl: 'https://h/v1?key=1'|must have the form",
        "provider: openai, model: g, baseUrl: 'https://h/v1', apiKey: abc|did you mean"
            + " \"apiKeyEnv\"",
        "provider: champion|the key \"fallback\" is missing; provider champion needs it",
        "provider: champion, fallback: m|\"m\" is a champion itself",
        "provider: champion, fallback: writter|did you mean \"writer\"",
        "provider: champion, fallback: zzz|there is no model \"zzz\" under models",
        "provider: recorded|the key \"files\" is missing; provider recorded needs it",
        "provider: recorded, files: a.csv|must end in .jsonl",
        "provider: recorded, files: a.jsonl, price: {input: 1, output: 1}|\"price\" has no effect",
        "provider: gemini, model: g, apiKeyEnv: K, recordTo: 'gs://bucket/a.jsonl'|is in a bucket",
        "provider: gemini, model: g, apiKeyEnv: K, thinking: much|must have the form"
            + " ^(off|low|high)$, or be a whole number",
        "provider: gemini, model: g, apiKeyEnv: K, temperature: 3|\"temperature\" must",
        "provider: gemini, model: g, apiKeyEnv: K, deadline: 0s|as 2m",
        "provider: gemini, model: g, apiKeyEnv: K, deadline: 5|\"deadline\" must have the form"
            + " ^[1-9][0-9]{0,4}[smh]$, as 2m",
        "provider: chatgpt|is \"chatgpt\", must be gemini",
      })
  void refusesAModelWithItsLineAndTheCure(String keys, String sentence) {
    String yaml =
        Yaml.LEAST
            + "models:\n  writer: {provider: gemini, model: g, apiKeyEnv: KEY}\n  m: {"
            + keys
            + "}\n";

    assertThat(Yaml.faults(yaml))
        .singleElement()
        .asString()
        .startsWith("attune.yaml:7: ")
        .contains(sentence);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://localhost:11434/v1", "http://127.8.9.1/v1", "http://[::1]:8080/v1"})
  void takesPlainHttpOnThisMachine(String url) {
    assertThat(
            Yaml.faults(
                Yaml.LEAST + "models: {m: {provider: openai, model: x, baseUrl: '" + url + "'}}\n"))
        .isEmpty();
  }

  @Test
  void saysWhichNamesAModelMayHave() {
    assertThat(
            Yaml.faults(Yaml.LEAST + "models: {a b: {provider: gemini, model: x, apiKeyEnv: K}}\n"))
        .singleElement()
        .asString()
        .endsWith(
            "\"models\" has the key \"a b\", and its keys must have the form"
                + " ^[A-Za-z][A-Za-z0-9_-]{0,62}$");
  }

  @Test
  void keepsTheNamesOfTheModelsOfTheDataset() {
    String gemini = ": {provider: gemini, model: g, apiKeyEnv: KEY}\n";
    String yaml = Yaml.LEAST + "models:\n  base" + gemini + "  champion" + gemini;

    assertThat(Yaml.faults(yaml))
        .hasSize(2)
        .allSatisfy(fault -> assertThat(fault).contains("has a meaning of its own"));
    assertThat(
            Yaml.faults(
                Yaml.LEAST
                    + "models:\n  champion: {provider: champion, fallback: w}\n  w"
                    + gemini))
        .isEmpty();
  }
}
