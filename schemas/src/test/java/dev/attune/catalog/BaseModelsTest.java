package dev.attune.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.config.ConfigLoader;
import dev.attune.config.OutputFormat;
import dev.attune.schema.CanonicalJson;
import dev.attune.schema.SchemaFile;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.Objects;
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
    assertThat(BaseModels.bundled().limits("gemini-2.0-flash-001", OutputFormat.GEMINI))
        .isEqualTo(new ExampleLimits(1_000_000_000L, 1_000_000L, 131_072));
  }

  @Test
  void takesTheFormatsLimitsForAModelThatItDoesNotKnow() {
    ExampleLimits gemini = new ExampleLimits(1_000_000_000L, 10_000_000L, 131_072);
    ExampleLimits openai = new ExampleLimits(512_000_000L, Long.MAX_VALUE, null);

    assertThat(BaseModels.bundled().limits(null, OutputFormat.GEMINI)).isEqualTo(gemini);
    assertThat(BaseModels.bundled().limits("none", OutputFormat.GEMINI)).isEqualTo(gemini);
    assertThat(BaseModels.bundled().limits(null, OutputFormat.OPENAI)).isEqualTo(openai);
    assertThat(BaseModels.bundled().limits("gemini-3.5-flash", OutputFormat.OPENAI))
        .isEqualTo(openai);
  }

  @Test
  void prefersTheLimitsThatTheConfigurationNames() throws Exception {
    String yaml =
        YAML + "tuning: {baseModel: gemini-1.5-flash-002}\nlimits: {trainingExamples: 7}\n";

    assertThat(BaseModels.bundled().limits(ConfigLoader.parse(yaml, "attune.yaml")))
        .isEqualTo(new ExampleLimits(1_000_000_000L, 7, 128_000));
  }

  @Test
  void knowsWhenAModelEnds() {
    assertThat(BaseModels.bundled().find("gemini-2.5-pro"))
        .hasValueSatisfying(
            model -> {
              assertThat(model.retiredOn()).isEqualTo(LocalDate.of(2026, 10, 20));
              assertThat(model.checkedOn()).isAfter(LocalDate.of(2026, 1, 1));
              assertThat(model.source()).isNotBlank();
            });
    assertThat(BaseModels.bundled().find("gemini-3.5-flash"))
        .hasValueSatisfying(
            model -> {
              assertThat(model.retiredOn()).isNull();
              assertThat(model.lifetime().mayRetireFrom()).isEqualTo(LocalDate.of(2027, 5, 19));
            });
    assertThat(BaseModels.bundled().find("none")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "4, 1", "5, 2", "2147483647, 536870912"})
  void countsAQuarterOfTheBytesAsTokens(int bytes, int tokens) {
    assertThat(TokenEstimate.tokens(bytes)).isEqualTo(tokens);
  }

  @Test
  void countsEachDigitAsAToken() {
    assertThat(TokenEstimate.tokens(TokenEstimate.units("1234567890"))).isEqualTo(10);
    assertThat(TokenEstimate.tokens(TokenEstimate.units("in 2026 ä"))).isEqualTo(4 + 2);
  }

  @Test
  void knowsFromWhenOnAProviderTakesNoNewJobs() {
    LocalDate end = LocalDate.of(2027, 1, 6);
    assertThat(BaseModels.bundled().noTuningFrom(OutputFormat.OPENAI)).contains(end);
    assertThat(BaseModels.bundled().noTuningFrom(OutputFormat.GEMINI)).isEmpty();
    BaseModel mini = BaseModels.bundled().find("gpt-4.1-mini-2025-04-14").orElseThrow();
    assertThat(mini.tuningHasEnded(end.minusDays(1))).isFalse();
    assertThat(mini.tuningHasEnded(end)).isTrue();
  }

  @Test
  void countsNoTokensOfLessThanNothing() {
    assertThatThrownBy(() -> TokenEstimate.tokens(-1)).hasMessageContaining("-1");
  }

  @Test
  void shipsADocumentOfItsSchema() throws Exception {
    try (InputStream in =
        Objects.requireNonNull(BaseModels.class.getResourceAsStream("base-models.json"))) {
      JsonNode document = CanonicalJson.read(in.readAllBytes());
      assertThat(SchemaFile.BASE_MODELS.validate(document)).isEmpty();
      assertThat(BaseModelRows.faults(document)).isEmpty();
    }
  }

  @Test
  void knowsWhereWhatIsTunedAnswersAndWhatItCosts() {
    BaseModel flash = BaseModels.bundled().find("gemini-3.5-flash").orElseThrow();
    assertThat(flash.preview()).isTrue();
    assertThat(flash.tuning().regions()).containsExactly("us-central1", "europe-west4");
    assertThat(flash.tuning().servedFrom("us-central1")).isEqualTo("us");
    assertThat(flash.tuning().servedFrom("europe-west4")).isEqualTo("eu");
    assertThat(flash.tuning().servingLocations("europe-west4"))
        .containsExactly("eu", "us", "europe-west4");
    assertThat(flash.tuning().servingLocations("us")).containsExactly("us", "eu");
    BaseModel.Price price = Objects.requireNonNull(flash.price());
    assertThat(price.usdPerMillionTrainingTokens()).isEqualByComparingTo("10");
    assertThat(price.source()).contains("September 2026");
    assertThat(price.checkedOn()).isEqualTo(LocalDate.of(2026, 11, 20));
    BaseModel older = BaseModels.bundled().find("gemini-2.0-flash-001").orElseThrow();
    assertThat(older.price()).isNull();
    assertThat(older.tuning().servingLocations("us-east1")).containsExactly("us-east1");
  }
}
