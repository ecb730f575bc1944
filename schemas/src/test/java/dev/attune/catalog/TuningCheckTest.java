package dev.attune.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.config.ConfigLoader;
import dev.attune.config.OutputFormat;
import dev.attune.config.TuningConfig;
import dev.attune.place.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TuningCheckTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);
  private static final String FLASH =
      "backEnd: vertex, baseModel: gemini-3.5-flash, location: us-central1";

  private static final String PREVIEW =
      "gemini-3.5-flash is a preview model: Google may change or end it at short notice.";

  @TempDir private Path directory;

  private static TuningConfig tuning(String keys) throws Exception {
    String yaml =
        """
        dataset: talk
        task: conversation
        sources: {generated: {files: [a.jsonl]}}
        tuning: {%s}
        """;
    return ConfigLoader.parse(yaml.formatted(keys), "attune.yaml").tuning();
  }

  private static Objections against(String keys, LocalDate today) throws Exception {
    return new TuningCheck(BaseModels.bundled(), today).against(tuning(keys), OutputFormat.GEMINI);
  }

  @Test
  void saysOfAGoodOrderOnlyThatItsModelIsAPreview() throws Exception {
    assertThat(against(FLASH + ", maxCostUsd: 20, adapterSize: 16", TODAY))
        .isEqualTo(new Objections(List.of(), List.of(PREVIEW)));
  }

  @Test
  void objectsToNothingOfTheLocalBackEnd() throws Exception {
    Objections none =
        against("backEnd: local, baseModel: gemini-2.5-pro, location: moon, maxCostUsd: 0", TODAY);
    assertThat(none.refusals()).isEmpty();
    assertThat(none.warnings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          backEnd: vertex, location: us-central1                                             | tuning.baseModel is missing: set it to an available model, for example gemini-3.5-flash.
          backEnd: vertex, location: us-central1, baseModel: gemini-3.5-flsh                 | The base model 'gemini-3.5-flsh' is not known: set tuning.baseModel to gemini-3.5-flash, or describe it in the file that tuning.baseModels names.
          backEnd: vertex, location: us-central1, baseModel: llama                           | The base model 'llama' is not known: set tuning.baseModel to an available model, for example gemini-3.5-flash, or describe it in the file that tuning.baseModels names.
          backEnd: vertex, location: us-central1, baseModel: gemini-2.5-pro                  | gemini-2.5-pro ended on 2026-10-20: set tuning.baseModel to an available model, for example gemini-3.5-flash.
          backEnd: vertex, baseModel: gemini-3.5-flash                                       | tuning.location is missing: set it to us-central1 or europe-west4.
          backEnd: vertex, baseModel: gemini-3.5-flash, location: europe-west1               | gemini-3.5-flash is not tuned in europe-west1: set tuning.location to us-central1 or europe-west4.
          """)
  void refuses(String keys, String refusal) throws Exception {
    assertThat(against(keys, TODAY).refusals()).containsExactly(refusal);
  }

  @Test
  void refusesAnAdapterSizeThatTheModelDoesNotHave() throws Exception {
    String pro = "backEnd: vertex, baseModel: gemini-2.5-pro, location: us-central1, adapterSize: ";
    LocalDate early = LocalDate.of(2026, 8, 1);
    assertThat(against(pro + "16", early).refusals())
        .containsExactly(
            "gemini-2.5-pro is not tuned with an adapter of size 16: set tuning.adapterSize to 1,"
                + " 2, 4 or 8.");
    assertThat(against(pro + "8", early).refusals()).isEmpty();
  }

  @Test
  void refusesADatasetOfAnotherFormat() throws Exception {
    assertThat(
            new TuningCheck(BaseModels.bundled(), TODAY)
                .against(tuning(FLASH), OutputFormat.OPENAI)
                .refusals())
        .containsExactly(
            "gemini-3.5-flash is tuned on gemini examples and the dataset has openai examples:"
                + " prepare it with output.format gemini.");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-08-20,", // 61 days before
    "2026-08-21, 60 days",
    "2026-08-22, 59 days",
    "2026-10-19, 1 day",
  })
  void warnsOfAnEndWithinSixtyDays(LocalDate today, String days) throws Exception {
    Objections found =
        against("backEnd: vertex, baseModel: gemini-2.5-flash, location: us-central1", today);
    assertThat(found.refusals()).isEmpty();
    assertThat(found.warnings().stream().filter(warning -> warning.contains(" ends on ")).toList())
        .isEqualTo(
            days == null
                ? List.of()
                : List.of(
                    "gemini-2.5-flash ends on 2026-10-20, in "
                        + days
                        + ", and a model tuned on it cannot be moved to another."));
  }

  @Test
  void refusesFromTheDayOfTheEndOn() throws Exception {
    String flash = "backEnd: vertex, baseModel: gemini-2.5-flash, location: us-central1";
    for (LocalDate day : new LocalDate[] {LocalDate.of(2026, 10, 20), TODAY}) {
      Objections found = against(flash, day);
      assertThat(found.refusals())
          .singleElement()
          .asString()
          .startsWith("gemini-2.5-flash ended on 2026-10-20: ");
      assertThat(found.warnings()).noneMatch(warning -> warning.contains(" ends on "));
    }
  }

  @Test
  void saysWhatIsNotDocumentedAndSoNotChecked() throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("models.json"),
            """
            {"models": [{"name": "mine", "format": "gemini", "source": "s",
                         "checkedOn": "2026-11-01"}]}
            """);
    TuningCheck check =
        new TuningCheck(BaseModels.bundled().with(Place.of(file), "models.json"), TODAY);
    String mine = "backEnd: vertex, baseModel: mine, location: moon";

    Objections found = check.against(tuning(mine), OutputFormat.GEMINI);
    assertThat(found.refusals()).isEmpty();
    assertThat(found.warnings())
        .containsExactly(
            "No price of tuning mine is known, so its cost cannot be estimated.",
            "The regions that mine is tuned in are not documented, so moon is not checked.",
            "The adapter sizes of mine are not documented, so 4 is not checked.");
    assertThat(check.against(tuning(mine + ", maxCostUsd: 5"), OutputFormat.GEMINI).refusals())
        .containsExactly(
            "No price of tuning mine is known, so a cost cap cannot be checked: give the price in"
                + " the file that tuning.baseModels names, or leave out the cap.");
  }

  @ParameterizedTest
  @CsvSource({"2027-02-18, false", "2027-02-19, true"})
  void warnsOfARowThatWasLookedUpLongAgo(LocalDate today, boolean warned) throws Exception {
    String old =
        "gemini-3.5-flash was looked up on 2026-11-20, 91 days ago: compare limits and price with"
            + " the provider's page, or correct them in the file that tuning.baseModels names.";
    assertThat(against(FLASH, today).warnings())
        .isEqualTo(warned ? List.of(PREVIEW, old) : List.of(PREVIEW));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-01, 2026-06-01, 2026-06-01",
    "2026-06-02, 2026-11-01, 2026-06-02",
    "2026-11-01, 2026-11-01,",
  })
  void goesByTheUsersFileAndTheOlderOfItsTwoDays(String row, String price, String named)
      throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("models.json"),
            """
            {"models": [{"name": "gemini-3.5-flash", "format": "gemini", "source": "s",
              "tuneIn": ["us-central1"], "adapterSizes": [4], "checkedOn": "%s",
              "price": {"usdPerMillionTrainingTokens": 1, "source": "p", "checkedOn": "%s"}}]}
            """
                .formatted(row, price));
    TuningCheck check =
        new TuningCheck(BaseModels.bundled().with(Place.of(file), "models.json"), TODAY);

    List<String> warnings = check.against(tuning(FLASH), OutputFormat.GEMINI).warnings();

    if (named == null) {
      assertThat(warnings).isEmpty();
    } else {
      assertThat(warnings)
          .singleElement()
          .asString()
          .startsWith("gemini-3.5-flash was looked up on " + named + ", ");
    }
  }

  @Test
  void asksOfAPriceOnlyWhatConcernsTheModel() {
    TuningCheck check = new TuningCheck(BaseModels.bundled(), TODAY);
    assertThat(
            check.against("gemini-3.5-flash", "--base-model", 5.0, OutputFormat.GEMINI).refusals())
        .isEmpty();
    assertThat(
            check.against("gemini-2.5-pro", "--base-model", null, OutputFormat.OPENAI).refusals())
        .hasSize(2);
  }
}
