package dev.attune.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.filesystem.FileMode;
import dev.attune.schema.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigDefaultsTest {
  @Test
  void fillsInEveryDefault() throws Exception {
    DatasetConfig dataset = Yaml.load(Yaml.LEAST).dataset();

    assertThat(dataset)
        .isEqualTo(
            new DatasetConfig(
                "talk",
                Task.CONVERSATION,
                null,
                null,
                new SourcesConfig(null, null, new SourcesConfig.Generated(List.of("a.jsonl"))),
                new CurationRules(
                    List.of("email", "phone", "card", "iban", "ip"),
                    new CurationRules.QualityRule(70, List.of("generated")),
                    new CurationRules.DuplicateRule(true, 0.8),
                    new CurationRules.SplitRule(0.1, true, "1"),
                    new CurationRules.Limits(0.5, 1_048_576, false, 200, null, null, null)),
                new DatasetConfig.OutputConfig(
                    "build/datasets", OutputFormat.GEMINI, FileMode.PRIVATE)));
  }

  @Test
  void fillsInTheSeparatorsOfObservations() throws Exception {
    String yaml =
        """
        dataset: a
        task: classification
        taxonomy: t.json
        sources: {observations: {files: [a.csv], columns: {text: t, categories: c}}}
        """;

    assertThat(Yaml.load(yaml).dataset().sources().observations())
        .isEqualTo(
            new SourcesConfig.Observations(
                List.of("a.csv"),
                new SourcesConfig.ObservationColumns(null, null, "t", "c", null, null),
                ',',
                "|"));
  }

  @Test
  void writesTheEffectiveConfigurationInTheSchemasOrder() throws Exception {
    String effective =
        new String(CanonicalJson.pretty(Yaml.load(Yaml.LEAST).effective()), StandardCharsets.UTF_8);

    assertThat(effective)
        .isEqualTo(
            """
            {
              "dataset": "talk",
              "task": "conversation",
              "sources": {
                "generated": {
                  "files": [
                    "a.jsonl"
                  ]
                }
              },
              "redact": [
                "email",
                "phone",
                "card",
                "iban",
                "ip"
              ],
              "quality": {
                "minimum": 7,
                "sources": [
                  "generated"
                ]
              },
              "duplicates": {
                "near": true,
                "similarity": 0.8
              },
              "split": {
                "validation": 0.1,
                "by": "group",
                "seed": "1"
              },
              "limits": {
                "rejectedFraction": 0.5,
                "recordBytes": 1048576,
                "allowTruncatedFiles": false,
                "decompressedRatio": 200
              },
              "output": {
                "directory": "build/datasets",
                "format": "gemini",
                "mode": "private"
              },
              "tuning": {
                "backEnd": "local",
                "epochs": 3,
                "adapterSize": 4,
                "learningRateMultiplier": 1,
                "createGrace": "10m",
                "plaintext": false
              },
              "evaluation": {
                "metric": "macroF1",
                "minimumGainOverBase": 0,
                "maximumRecallDropPerCategory": 0.05
              },
              "ledger": {
                "jdbcUrl": "jdbc:h2:file:~/.attune/ledger"
              },
              "promotion": {
                "envFile": ".env"
              }
            }
            """);
  }

  @Test
  void theEffectiveConfigurationDependsOnWhatIsSaidNotHow() throws Exception {
    String other =
        """
        # the same, said otherwise
        split: {seed: '1', validation: 0.10}
        sources: {generated: {files: ["a.jsonl"]}}
        quality: {minimum: 7.00}
        task: "conversation"
        dataset: talk
        """;

    assertThat(CanonicalJson.pretty(Yaml.load(other).effective()))
        .isEqualTo(CanonicalJson.pretty(Yaml.load(Yaml.LEAST).effective()));
  }

  @Test
  void theEffectiveConfigurationIsAConfigurationOfItsOwn() throws Exception {
    AttuneConfig config = Yaml.load(Yaml.contract());

    assertThat(Yaml.load(config.effective().toString())).isEqualTo(config);
  }
}
