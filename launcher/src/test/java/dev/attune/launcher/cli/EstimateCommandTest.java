package dev.attune.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.attune.config.OutputFormat;
import dev.attune.config.TuningConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.FailureReport;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.dataset.TestDataset;
import dev.attune.launcher.estimate.TokenCounter;
import dev.attune.launcher.estimate.TokenCounterFactory;
import dev.attune.launcher.evaluation.question.AnsweringModel;
import dev.attune.launcher.evaluation.question.ModelAddress;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Role;
import dev.attune.schema.SchemaFile;
import dev.attune.schema.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EstimateCommandTest {
  private static final String CONFIG =
      """
      dataset: talk
      task: conversation
      sources: {generated: {files: [a.jsonl]}}
      tuning: {%s}
      """;
  private static final String PREVIEW =
      "Warning: gemini-3.5-flash is a preview model: Google may change or end it at short notice.";
  private static final String FLASH =
      "backEnd: vertex, baseModel: gemini-3.5-flash, location: us-central1";

  /** Bytes: 4; 8 and 1; 3 and 8. As records: 4+8+1 = 13, and 4+8+1+3+8 = 24. */
  private static final ExampleLine TWO_ANSWERS =
      new ExampleLine(
          "syst",
          List.of(
              Turn.user("question"), Turn.model("a"), Turn.user("why"), Turn.model("because!")));

  private static final ExampleLine SHORT =
      new ExampleLine(null, List.of(Turn.user("hello"), Turn.model("hi")));

  @TempDir private Path directory;

  private TestShell shell = new TestShell(Path.of(""));
  private final List<String> counted = new ArrayList<>();
  private TokenCounterFactory counters = this::counter;

  @BeforeEach
  void publish() throws IOException {
    publish(OutputFormat.GEMINI, List.of(TWO_ANSWERS, SHORT), List.of(SHORT));
    configure(FLASH);
  }

  private void publish(
      OutputFormat format, List<ExampleLine> training, List<ExampleLine> validation)
      throws IOException {
    TestDataset.publish(directory.resolve("d"), format, training, validation);
  }

  private void configure(String tuning) throws IOException {
    Files.writeString(directory.resolve("attune.yaml"), CONFIG.formatted(tuning));
  }

  /** Counts the letter e, as a provider of its own. */
  private TokenCounter counter(TuningConfig tuning) {
    return new TokenCounter() {
      @Override
      public long count(String baseModel, List<ExampleLine> lines) {
        counted.add(baseModel + " " + lines.size());
        return lines.stream()
            .peek(
                line ->
                    assertThat(line.turns().get(line.turns().size() - 1).role())
                        .isEqualTo(Role.MODEL))
            .flatMap(line -> line.turns().stream())
            .flatMapToInt(turn -> turn.text().chars())
            .filter(letter -> letter == 'e')
            .count();
      }

      @Override
      public void close() {
        counted.add("closed");
      }
    };
  }

  /** A conversation is not evaluated, so that no model is opened. */
  private static AnsweringModel noModel(ModelAddress address) {
    throw new IllegalStateException("no model is evaluated here");
  }

  private int estimate(String... args) {
    return estimateOn("2026-11-21", args);
  }

  private int estimateOn(String day, String... args) {
    shell = new TestShell(directory);
    Shell outer = shell.shell();
    Shell dated =
        new Shell(
            outer.out(),
            outer.err(),
            false,
            directory,
            outer.environment(),
            () -> Instant.parse(day + "T12:00:00Z"));
    FailureReport failures = new FailureReport(dated.err(), null);
    return SingleCommand.of(
            new EstimateCommand(dated, counters, config -> EstimateCommandTest::noModel), dated)
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures)
        .execute(args);
  }

  private JsonNode json() throws IOException {
    JsonNode document = new ObjectMapper().readTree(shell.out());
    assertThat(SchemaFile.ESTIMATE.validate(document)).isEmpty();
    return document;
  }

  /** Records of 13, 24 and 7 bytes: 4, 6 and 2 tokens, and 8 each. Validation: 2 and 8. */
  @Test
  void printsTokensDollarsAndTheDateOfThePrice() {
    assertThat(estimate("d")).isZero();
    assertThat(shell.out())
        .isEqualTo(
            """
            talk r1: tuning gemini-3.5-flash for 3 epochs
              split          examples         rows          tokens
              training              2            3              36
              validation            1            1              10
              = 46 tokens × 3 = 138 to pay for

            cost      US$ 0.0014
            price     US$ 10.00 per million training tokens as of 2026-11-20 (Google Cloud, Vertex AI pricing, as two third parties quoted it in September 2026)
            tokens    turn-records utf8-bytes/4, digits/1: one row per turn of the model with all turns before it and 8 tokens of padding; a quarter of the UTF-8 bytes, plus one per digit
            accuracy  measured against o200k_base: 8% to 30% too many in most languages, 55% to 130% too many in Russian, Thai and Hindi, 5% to 12% too few in Chinese and Japanese, 7% too few in JSON and 35% too many in figures, of which o200k_base joins three digits and Gemini none

            evaluation: not possible. The answers of a conversation dataset are compared by judges, and attune.yaml has none: add models and evaluation.judges. Nothing was paid.
            """);
    assertThat(shell.err()).containsExactly(PREVIEW);
  }

  /** 100,000 records of 392 bytes are 98 + 8 tokens each: 10.6 million, 2 epochs, US$ 10. */
  @Test
  void pricesAKnownDataset() throws IOException {
    ExampleLine line =
        new ExampleLine(
            "s".repeat(92), List.of(Turn.user("u".repeat(200)), Turn.model("m".repeat(100))));
    publish(OutputFormat.GEMINI, Collections.nCopies(100_000, line), List.of());
    assertThat(estimate("d", "--epochs", "2", "--json")).isZero();
    JsonNode document = json();
    assertThat(document.at("/training/tokens").longValue()).isEqualTo(10_600_000);
    assertThat(document.at("/validation/tokens").longValue()).isZero();
    assertThat(document.at("/billedTokens").longValue()).isEqualTo(21_200_000);
    assertThat(document.at("/usd").decimalValue()).isEqualByComparingTo("212");
  }

  @Test
  void printsOneDocumentOfTheSchema() throws IOException {
    configure(FLASH + ", maxCostUsd: 0.001");
    assertThat(estimate("d", "--json")).isEqualTo(3);
    JsonNode document = json();
    assertThat(document.at("/dataset/format").asText()).isEqualTo("gemini");
    assertThat(document.at("/backEnd").asText()).isEqualTo("vertex");
    assertThat(document.at("/method").asText()).isEqualTo("turn-records utf8-bytes/4, digits/1");
    assertThat(document.at("/exact").booleanValue()).isFalse();
    assertThat(document.at("/price/checkedOn").asText()).isEqualTo("2026-11-20");
    assertThat(document.at("/maxCostUsd").doubleValue()).isEqualTo(0.001);
    assertThat(document.at("/refusals/0").asText()).isEqualTo(shell.lastLine());
    assertThat(shell.lastLine())
        .isEqualTo(
            "Tuning gemini-3.5-flash on 46 tokens for 3 epochs is estimated at US$ 0.0014, above"
                + " the cost cap of US$ 0.001: raise the cap, lower tuning.epochs, or use fewer"
                + " examples.");
  }

  @Test
  void costsNothingWithTheLocalBackEnd() throws IOException {
    configure("backEnd: local, baseModel: gemini-2.5-pro, maxCostUsd: 0");
    assertThat(estimate("d")).isZero();
    assertThat(shell.out())
        .startsWith("talk r1: tuning linear-baseline for 3 epochs\n")
        .contains("\ncost      US$ 0.00: the local back end tunes on this machine\n")
        .doesNotContain("price");
    assertThat(estimate("d", "--base-model", "linear-baseline", "--json")).isZero();
    assertThat(json().at("/usd").intValue()).isZero();
    assertThat(json().at("/price").isNull()).isTrue();
  }

  @Test
  void pricesAHostedModelThatIsTypedWhateverIsConfigured() throws IOException {
    configure("backEnd: local");
    assertThat(estimate("d", "--base-model", "gemini-3.1-flash-lite", "--json")).isZero();
    assertThat(json().at("/backEnd").asText()).isEqualTo("vertex");
    assertThat(json().at("/price/usdPerMillionTrainingTokens").intValue()).isEqualTo(3);
  }

  @Test
  void printsTheFiguresAndRefusesWhatTuneWouldRefuse() throws IOException {
    configure("backEnd: vertex, baseModel: gemini-2.5-pro, location: moon, adapterSize: 16");
    assertThat(estimate("d")).isEqualTo(3);
    assertThat(shell.out()).contains("cost      US$ 0.00");
    assertThat(shell.err())
        .containsExactly(
            "Warning: The regions that gemini-2.5-pro is tuned in are not documented, so moon is"
                + " not checked.",
            "gemini-2.5-pro ended on 2026-10-20: set tuning.baseModel to an available model, for"
                + " example gemini-3.5-flash.",
            "gemini-2.5-pro is not tuned with an adapter of size 16: set tuning.adapterSize to 1,"
                + " 2, 4 or 8.",
            "attune tune would refuse this for the 2 reasons above: correct them.");
    assertThat(estimate("d", "--base-model", "gemini-9", "--json")).isEqualTo(3);
    assertThat(shell.lastLine()).startsWith("The base model 'gemini-9' is not known: ");
    configure("backEnd: vertex");
    assertThat(estimate("d")).isEqualTo(3);
    assertThat(shell.lastLine()).startsWith("tuning.baseModel is missing: ");
  }

  @Test
  void warnsOfAnEndThatIsNear() throws IOException {
    configure("backEnd: vertex, baseModel: gemini-2.5-pro, location: us-central1");
    assertThat(estimateOn("2026-08-21", "d")).isZero();
    assertThat(shell.err())
        .contains(
            "Warning: gemini-2.5-pro ends on 2026-10-20, in 60 days, and a model tuned on it cannot"
                + " be moved to another.");
    assertThat(estimateOn("2026-08-20", "d")).isZero();
    assertThat(shell.err()).noneMatch(line -> line.contains(" ends on "));
  }

  @Test
  void takesPricesFromTheUsersFile() throws IOException {
    Files.writeString(
        directory.resolve("mine.json"),
        """
        {"models": [{"name": "gemini-3.5-flash", "format": "gemini", "tuneIn": ["us-central1"],
                     "adapterSizes": [4], "source": "s", "checkedOn": "2026-11-21",
                     "price": {"usdPerMillionTrainingTokens": 1000000, "source": "our contract",
                               "checkedOn": "2026-11-21"}}]}
        """);
    configure(FLASH + ", baseModels: mine.json");
    assertThat(estimate("d")).isZero();
    assertThat(shell.out())
        .contains("cost      US$ 138.00\n")
        .contains("as of 2026-11-21 (our contract)\n");
    Files.writeString(directory.resolve("mine.json"), "{\"models\": [{}, 7]}");
    assertThat(estimate("d")).isEqualTo(3);
    assertThat(shell.err())
        .contains("mine.json: /models/1 is a number, must be a map of keys")
        .last()
        .isEqualTo(
            "mine.json, which tuning.baseModels names, has 5 faults: correct it and run again.");
  }

  /** hello and hi: 1 token each, 4 of frame each, 3 at the end: 13. */
  @Test
  void countsOpenAiDatasetsExactly() throws IOException {
    publish(OutputFormat.OPENAI, List.of(SHORT, SHORT), List.of());
    configure("backEnd: local");
    assertThat(estimate("d", "--json")).isZero();
    assertThat(json().at("/training/tokens").longValue()).isEqualTo(26);
    assertThat(json().at("/method").asText()).isEqualTo("chat-messages o200k_base");
    assertThat(json().at("/exact").booleanValue()).isTrue();
  }

  @Test
  void saysThatMediaAreNotCounted() throws IOException {
    ExampleLine image =
        new ExampleLine(
            null,
            List.of(new Turn(Role.USER, "look", List.of("gs://b/a.png")), Turn.model("nice")));
    publish(OutputFormat.GEMINI, List.of(image, SHORT), List.of(image));
    assertThat(estimate("d")).isZero();
    assertThat(shell.err())
        .containsExactly(
            PREVIEW,
            "Warning: 2 examples have media, whose tokens are not counted: the cost will be higher,"
                + " and attune estimate --exact lets the provider count them.");
    assertThat(estimate("d", "--exact")).isZero();
    assertThat(shell.err()).containsExactly(PREVIEW);
  }

  /** e: 2 in the first record, 7 in the second, 1 in each short one; 8 of padding each. */
  @Test
  void hasTheProviderCountWhenAsked() throws IOException {
    publish(OutputFormat.GEMINI, List.of(TWO_ANSWERS, SHORT), Collections.nCopies(250, SHORT));
    assertThat(estimate("d", "--exact", "--json")).isZero();
    assertThat(counted)
        .containsExactly(
            "gemini-3.5-flash 3",
            "gemini-3.5-flash 100",
            "gemini-3.5-flash 100",
            "gemini-3.5-flash 50",
            "closed");
    assertThat(json().at("/method").asText()).isEqualTo("turn-records countTokens");
    assertThat(json().at("/training/tokens").longValue()).isEqualTo(1 + 3 + 1 + 3 * 8);
    assertThat(json().at("/validation/tokens").longValue()).isEqualTo(250 * 9);
  }

  @Test
  void asksNobodyWhereNobodyNeedsToBeAsked() throws IOException {
    configure("backEnd: local");
    assertThat(estimate("d", "--exact")).isEqualTo(3);
    assertThat(shell.lastLine())
        .isEqualTo(
            "--exact needs a provider that counts, and the local back end has none: remove it, or"
                + " name a hosted model with --base-model.");
    counters =
        tuning -> {
          throw new CommandFailure(FailureCode.BACK_END, "Nobody answers.");
        };
    configure(FLASH);
    assertThat(estimate("d", "--exact")).isEqualTo(3);
    assertThat(shell.lastLine()).isEqualTo("Nobody answers.");
    publish(OutputFormat.OPENAI, List.of(SHORT), List.of());
    assertThat(estimate("d", "--exact", "--base-model", "gemini-3.5-flash")).isEqualTo(3);
    assertThat(shell.lastLine()).contains("the dataset has openai examples");
    assertThat(counted).isEmpty();
  }

  @Test
  void refusesWhatIsNoDatasetOrWasChanged() throws IOException {
    assertThat(estimate("none")).isEqualTo(3);
    assertThat(shell.lastLine())
        .isEqualTo(
            "none is not a published dataset, because it has no manifest.json: create one with"
                + " attune prepare.");
    Files.writeString(directory.resolve("d/valid.jsonl"), "");
    assertThat(estimate("d")).isEqualTo(3);
    assertThat(shell.lastLine()).startsWith("d/valid.jsonl differs from manifest.json");
  }

  @Test
  void endsWrongUsageWith2() {
    assertThat(estimate()).isEqualTo(2);
    assertThat(estimate("d", "--epochs", "0")).isEqualTo(2);
    assertThat(shell.lastLine()).contains("--epochs must be 1 to 1000 and is 0; see ");
    assertThat(estimate("d", "--config", "none.yaml")).isEqualTo(3);
  }
}
