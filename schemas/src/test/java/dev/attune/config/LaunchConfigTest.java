package dev.attune.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.config.EvaluationConfig.Metric;
import dev.attune.config.TuningConfig.BackEnd;
import dev.attune.config.TuningConfig.Hyperparameters;
import dev.attune.config.TuningConfig.Patience;
import dev.attune.config.TuningConfig.TuningPlace;
import dev.attune.config.effect.Decides;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaunchConfigTest {
  @Test
  void fillsInEveryDefault() throws Exception {
    AttuneConfig config = Yaml.load(Yaml.LEAST);

    assertThat(config.tuning())
        .isEqualTo(
            new TuningConfig(
                BackEnd.LOCAL,
                null,
                new TuningPlace(null, null, null, null, false, null),
                new Hyperparameters(3, 4, 1.0),
                null,
                new Patience(
                    Duration.ofMinutes(10), Duration.ofSeconds(60), null, Duration.ofHours(24)),
                null));
    assertThat(config.evaluation())
        .isEqualTo(
            new EvaluationConfig(
                Metric.MACRO_F1, 0.0, 0.05, 0.05, 30, 4, 300, EvaluationConfig.Judging.NONE));
    assertThat(config.ledger())
        .isEqualTo(new LedgerConfig("jdbc:h2:file:~/.attune/ledger", null, null, null));
    assertThat(config.envFile()).isEqualTo(config.folder().resolve(".env"));
  }

  @Test
  void readsWhatIsWritten() throws Exception {
    AttuneConfig config =
        Yaml.load(
            Yaml.LEAST
                + """
                tuning:
                  backEnd: vertex
                  baseModel: gemini-3.5-flash
                  project: p
                  location: us-central1
                  bucket: gs://b/x
                  epochs: 2
                  adapterSize: 8
                  learningRateMultiplier: 0.5
                  maxCostUsd: 20
                  createGrace: 3s
                  callDeadline: 2s
                  pollInterval: 1s
                  deadline: 5m
                  endpoint: 127.0.0.1:9000
                  plaintext: true
                  storageEndpoint: http://127.0.0.1:4443
                  baseModels: models.json
                evaluation:
                  metric: accuracy
                  maximumInvalidShare: 0.2
                  minimumExamples: 9
                  parallelism: 2
                  requestsPerMinute: 60
                ledger: {jdbcUrl: "jdbc:postgresql://db/x", username: u, passwordEnv: LEDGER_PW}
                """);

    assertThat(config.tuning())
        .isEqualTo(
            new TuningConfig(
                BackEnd.VERTEX,
                "gemini-3.5-flash",
                new TuningPlace(
                    "p",
                    "us-central1",
                    "gs://b/x",
                    "127.0.0.1:9000",
                    true,
                    "http://127.0.0.1:4443"),
                new Hyperparameters(2, 8, 0.5),
                20.0,
                new Patience(
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(1),
                    Duration.ofMinutes(5)),
                "models.json"));
    assertThat(config.evaluation())
        .isEqualTo(
            new EvaluationConfig(
                Metric.ACCURACY, 0.0, 0.05, 0.2, 9, 2, 60, EvaluationConfig.Judging.NONE));
    assertThat(config.ledger())
        .isEqualTo(new LedgerConfig("jdbc:postgresql://db/x", "u", "LEDGER_PW", null));
  }

  @Test
  void readsJudgesAndRefusesUnknownOnes() throws Exception {
    String models =
        """
        models:
          one: {provider: openai, model: gpt-six, baseUrl: "http://127.0.0.1:9/v1"}
          two: {provider: gemini, model: gemini-x, apiKeyEnv: KEY}
        """;
    AttuneConfig config =
        Yaml.load(
            Yaml.LEAST
                + models
                + "evaluation: {judges: [two, one], rubric: r.md, gold: g.jsonl,"
                + " minimumJudgeAgreement: 0.7}\n");

    assertThat(config.evaluation().judging())
        .isEqualTo(new EvaluationConfig.Judging(List.of("two", "one"), "r.md", "g.jsonl", 0.7));
    assertThat(new String(config.deciding(Decides.MODEL), StandardCharsets.UTF_8))
        .contains("judges", "rubric", "gold", "minimumJudgeAgreement");
    assertThat(new String(config.deciding(Decides.DATASET), StandardCharsets.UTF_8))
        .doesNotContain("judges");
    assertThatThrownBy(
            () -> Yaml.load(Yaml.LEAST + models + "evaluation: {judges: [ones, other]}\n"))
        .hasMessageContaining("\"ones\" is no model; did you mean \"one\"?")
        .hasMessageContaining("\"other\" is no model: name a key under models");
    assertThatThrownBy(() -> Yaml.load(Yaml.LEAST + models + "evaluation: {judges: [one]}\n"))
        .hasMessageContaining("judges");
  }
}
