package dev.attune.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.attune.config.AttuneConfig;
import dev.attune.config.ConfigLoader;
import dev.attune.config.OutputFormat;
import dev.attune.place.Place;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserBaseModelsTest {
  private static final String CHECKED = "\"source\": \"s\", \"checkedOn\": \"2026-11-01\"";

  @TempDir private Path directory;

  private BaseModels with(String json) throws IOException, BaseModelsException {
    Path file = Files.writeString(directory.resolve("models.json"), json);
    return BaseModels.bundled().with(Place.of(file), "models.json");
  }

  private BaseModelsException refused(String json) {
    return catchThrowableOfType(BaseModelsException.class, () -> with(json));
  }

  @Test
  void addsAModelAndReplacesAnotherAsAWhole() throws Exception {
    BaseModels models =
        with(
            """
            {"models": [
              {"name": "gemini-4-flash", "format": "gemini", "tokens": 200000,
               "adapterSizes": [4, 32], "tuneIn": ["us-west1", "eu-x"],
               "serveFrom": {"us-west1": "us"}, "functionCalls": false, "retiredOn": "2028-02-29",
               "price": {"usdPerMillionTrainingTokens": 0.75, "source": "p",
                         "checkedOn": "2026-10-31"}, %s},
              {"name": "gemini-3.5-flash", "format": "gemini", %s}
            ]}
            """
                .formatted(CHECKED, CHECKED));

    BaseModel added = models.find("gemini-4-flash").orElseThrow();
    assertThat(added.limits())
        .isEqualTo(new ExampleLimits(Long.MAX_VALUE, Long.MAX_VALUE, 200_000));
    assertThat(added.tuning().adapterSizes()).containsExactly(4, 32);
    assertThat(added.tuning().servedFrom("us-west1")).isEqualTo("us");
    assertThat(added.tuning().servedFrom("eu-x")).isEqualTo("eu-x");
    assertThat(added.refusesFunctionCalls()).isTrue();
    assertThat(added.retiredOn()).isEqualTo(LocalDate.of(2028, 2, 29));
    assertThat(added.price())
        .isEqualTo(new BaseModel.Price(new BigDecimal("0.75"), "p", LocalDate.of(2026, 10, 31)));
    BaseModel replaced = models.find("gemini-3.5-flash").orElseThrow();
    assertThat(replaced.price()).isNull();
    assertThat(replaced.tuning().regions()).isEmpty();
    assertThat(models.find("gemini-3.1-flash-lite"))
        .isEqualTo(BaseModels.bundled().find("gemini-3.1-flash-lite"));
    assertThat(BaseModels.bundled().find("gemini-4-flash")).isEmpty();
  }

  @Test
  void replacesTheRowOfAFormat() throws Exception {
    BaseModels models =
        with(
            "{\"formats\": {\"openai\": {\"tokens\": 65536, %s}}, \"models\": []}"
                .formatted(CHECKED));
    assertThat(models.limits(null, OutputFormat.OPENAI).tokens()).isEqualTo(65_536);
    assertThat(models.limits(null, OutputFormat.GEMINI).tokens()).isEqualTo(131_072);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          {"models": [{"name": "a", "format": "gemini"}]}                                             | models.json: /models/0 has no "source"
          {"modles": []}                                                                              | models.json: it has the unknown key "modles"
          {"models": [{"name": "a b", "format": "gemini", @}]}                                        | models.json: /models/0/name must have the form ^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,127}$
          {"models": [{"name": "a", "format": "csv", @}]}                                             | models.json: /models/0/format must be gemini or openai
          {"models": [{"name": "a", "format": "gemini", "retiredOn": "2027-02-29", @}]}               | models.json: /models/0/retiredOn is not a valid date
          {"models": [{"name": "a", "format": "gemini", "retiredOn": "soon", @}]}                     | models.json: /models/0/retiredOn must have the form ^[0-9]{4}-[0-9]{2}-[0-9]{2}$
          {"models": [{"name": "a", "format": "gemini", @}, {"name": "a", "format": "openai", @}]}    | models.json: /models/1/name is that of a model above; keep one of the two
          {"models": [{"name": "a", "format": "gemini", "serveFrom": {"x": "y"}, @}]}                 | models.json: /models/0/serveFrom names a region that is not in tuneIn
          {"models": [{"name": "a", "format": "gemini", "adapterSizes": [4.5], @}]}                   | models.json: /models/0/adapterSizes/0 is a fraction, must be a whole number
          {"models": [{"name": "a", "format": "gemini", "price": {"usdPerMillionTrainingTokens": -1, @}, @}]} | models.json: /models/0/price/usdPerMillionTrainingTokens must be at least 0
          {"models": [{"name": "a", "format": "gemini", "price": {@}, @}]}                            | models.json: /models/0/price has no "usdPerMillionTrainingTokens"
          """)
  void refusesWithEveryFault(String json, String fault) {
    BaseModelsException refused = refused(json.replace("@", CHECKED));
    assertThat(refused.faults()).contains(fault);
    assertThat(refused.getMessage())
        .matches(
            "models.json, which tuning.baseModels names, has (one fault|\\d faults): correct it and"
                + " run again\\.");
  }

  @Test
  void refusesWhatIsNoSuchFile() throws Exception {
    assertThat(refused("{\"models\": [\n}"))
        .hasMessage(
            "models.json, which tuning.baseModels names, is not JSON (line 2): correct it and run"
                + " again.");
    assertThat(refused("[" + " ".repeat(1 << 20) + "]"))
        .hasMessage("models.json is larger than 1 MiB, the limit: correct" + " tuning.baseModels.");
    BaseModels bundled = BaseModels.bundled();
    assertThat(
            catchThrowableOfType(
                BaseModelsException.class,
                () -> bundled.with(Place.of(directory.resolve("none")), "none")))
        .hasMessage("There is no file of base models at none: correct tuning.baseModels.");
    assertThat(
            catchThrowableOfType(
                BaseModelsException.class, () -> bundled.with(Place.of(directory), "d")))
        .hasMessage("d is a folder: correct tuning.baseModels.");
  }

  @Test
  void isFoundBesideTheConfiguration() throws Exception {
    Files.writeString(
        directory.resolve("mine.json"),
        "{\"models\": [{\"name\": \"a\", \"format\": \"gemini\", \"trainingExamples\": 5, %s}]}"
            .formatted(CHECKED));
    Path yaml =
        Files.writeString(
            directory.resolve("attune.yaml"),
            """
            dataset: talk
            task: conversation
            sources: {generated: {files: [a.jsonl]}}
            tuning: {baseModels: mine.json, baseModel: a}
            """);
    AttuneConfig config = ConfigLoader.load(yaml);
    assertThat(BaseModels.of(config).limits(config).trainingExamples()).isEqualTo(5);
  }
}
