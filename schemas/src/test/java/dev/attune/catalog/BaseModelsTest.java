package dev.attune.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.config.ConfigLoader;
import dev.attune.config.OutputFormat;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaseModelsTest {
  private static final String YAML =
      """
      dataset: talk
      task: conversation
      sources: {generated: {files: [a.jsonl]}}
      """;

  @Test
  void knowsWhatAModelTakes() {
    assertThat(BaseModels.limits("gemini-2.0-flash-001", OutputFormat.GEMINI))
        .isEqualTo(new ExampleLimits(1_000_000_000L, 1_000_000L, 131_072));
  }

  @Test
  void takesTheFormatsLimitsForAModelThatItDoesNotKnow() {
    ExampleLimits gemini = new ExampleLimits(1_000_000_000L, 10_000_000L, 131_072);
    ExampleLimits openai = new ExampleLimits(512_000_000L, Long.MAX_VALUE, null);

    assertThat(BaseModels.limits(null, OutputFormat.GEMINI)).isEqualTo(gemini);
    assertThat(BaseModels.limits("none", OutputFormat.GEMINI)).isEqualTo(gemini);
    assertThat(BaseModels.limits(null, OutputFormat.OPENAI)).isEqualTo(openai);
    assertThat(BaseModels.limits("gemini-3.5-flash", OutputFormat.OPENAI)).isEqualTo(openai);
  }

  @Test
  void prefersTheLimitsThatTheConfigurationNames() throws Exception {
    String yaml =
        YAML + "tuning: {baseModel: gemini-1.5-flash-002}\nlimits: {trainingExamples: 7}\n";

    assertThat(BaseModels.limits(ConfigLoader.parse(yaml, "attune.yaml")))
        .isEqualTo(new ExampleLimits(1_000_000_000L, 7, 128_000));
  }

  @Test
  void knowsWhenAModelEnds() {
    assertThat(BaseModels.find("gemini-2.5-pro"))
        .hasValueSatisfying(
            model -> {
              assertThat(model.retiredOn()).isEqualTo(LocalDate.of(2026, 10, 20));
              assertThat(model.checkedOn()).isAfter(LocalDate.of(2026, 1, 1));
              assertThat(model.source()).isNotBlank();
            });
    assertThat(BaseModels.find("gemini-3.5-flash"))
        .hasValueSatisfying(model -> assertThat(model.retiredOn()).isNull());
    assertThat(BaseModels.find("none")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "4, 1", "5, 2", "2147483647, 536870912"})
  void countsAQuarterOfTheBytesAsTokens(int bytes, int tokens) {
    assertThat(TokenEstimate.tokens(bytes)).isEqualTo(tokens);
  }

  @Test
  void countsNoTokensOfLessThanNothing() {
    assertThatThrownBy(() -> TokenEstimate.tokens(-1)).hasMessageContaining("-1");
  }
}
