package dev.attune.launcher.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.config.AttuneConfig;
import dev.attune.config.ConfigLoader;
import dev.attune.config.TuningConfig.Hyperparameters;
import dev.attune.launcher.cli.EstimateCommand;
import dev.attune.launcher.cli.SingleCommand;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.FailureReport;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.evaluation.Oracle;
import dev.attune.launcher.evaluation.Tickets;
import dev.attune.launcher.evaluation.question.AnsweringModel;
import dev.attune.launcher.evaluation.question.ModelAddress;
import dev.attune.launcher.evaluation.question.ModelAddress.Tuned;
import dev.attune.launcher.evaluation.question.Question;
import dev.attune.launcher.evaluation.question.Questions;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.ledger.LedgerKind;
import dev.attune.launcher.ledger.ModelAnswer;
import dev.attune.launcher.tuning.BackEndJob;
import dev.attune.launcher.tuning.TuningJobState;
import dev.attune.launcher.tuning.TuningSpec;
import dev.attune.schema.CanonicalJson;
import dev.attune.schema.SchemaFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What attune estimate says of the evaluation that follows tuning. */
class EstimatedEvaluationTest {
  private static final int EXAMPLES = 40;
  private static final String BASE = "publishers/google/models/gemini-3.5-flash";

  @TempDir private Path folder;

  private TestShell shell;
  private AttuneConfig config;
  private DatasetDirectory dataset;

  @BeforeEach
  void publish() throws Exception {
    shell = new TestShell(folder);
    configure(LedgerKind.H2, "");
    dataset = new Tickets(folder).publish(shell.shell(), EXAMPLES);
  }

  private void configure(LedgerKind kind, String more) throws Exception {
    Path file = new Tickets(folder).configure(kind.yaml(folder));
    String yaml = Files.readString(file);
    Files.writeString(
        file,
        yaml.replace(
            "{backEnd: local}",
            "{backEnd: vertex, baseModel: gemini-3.5-flash, location: us-central1" + more + "}"));
    config = ConfigLoader.load(file);
  }

  private Shell withPassword() {
    Shell plain = shell.shell();
    return new Shell(
        plain.out(),
        plain.err(),
        plain.terminal(),
        plain.directory(),
        Map.of(LedgerKind.VARIABLE, LedgerKind.PASSWORD),
        () -> Instant.parse("2026-11-28T12:00:00Z"));
  }

  /** Opens models as Vertex AI names them; none may be asked. */
  private static AnsweringModel open(ModelAddress address) {
    String name =
        address instanceof Tuned tuned
            ? String.valueOf(tuned.endpoint())
            : "publishers/google/models/" + address.baseModel();
    return new Oracle(
        name,
        true,
        (prompt, number) -> {
          throw new IllegalStateException("an estimate asks nobody");
        });
  }

  private int estimate(String... more) {
    shell = new TestShell(folder);
    String[] args = new String[more.length + 1];
    args[0] = dataset.path().toString();
    System.arraycopy(more, 0, args, 1, more.length);
    FailureReport failures = new FailureReport(shell.shell().err(), null);
    TokenCounterFactory none =
        tuning -> {
          throw new CommandFailure(FailureCode.BACK_END, "Nobody counts.");
        };
    return SingleCommand.of(
            new EstimateCommand(withPassword(), none, used -> EstimatedEvaluationTest::open),
            shell.shell())
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures)
        .execute(args);
  }

  private JsonNode json(String... more) throws Exception {
    String[] args = new String[more.length + 1];
    args[0] = "--json";
    System.arraycopy(more, 0, args, 1, more.length);
    estimate(args);
    JsonNode document = CanonicalJson.read(shell.out().getBytes(StandardCharsets.UTF_8));
    assertThat(SchemaFile.ESTIMATE.validate(document)).isEmpty();
    return document;
  }

  private static Job hosted(Ledger ledger, DatasetDirectory tunedOn) {
    TuningSpec spec =
        new TuningSpec(
            tunedOn.fingerprint(),
            "vertex",
            "gemini-3.1-flash-lite",
            "us-central1",
            new Hyperparameters(3, 4, 1.0));
    Job job = ledger.jobs().intend(spec, false);
    Job tuned =
        ledger
            .jobs()
            .observe(
                job.id(),
                new BackEndJob(
                    "jobs/1", TuningJobState.SUCCEEDED, "models/1", "endpoints/1", null, null));
    ledger.datasets().enter(tunedOn);
    Tickets.promote(ledger, tuned);
    return tuned;
  }

  @Test
  void showsWhatEachModelIsAskedAndWhatThatCosts() {
    assertThat(estimate()).isZero();
    assertThat(shell.out().replaceAll("0[.]0[0-9]{3}\\b", "0.0xxx"))
        .endsWith(
            """

            evaluation: 40 validation examples are asked
                                       questions    input tokens   output tokens          US$
              model to be tuned               40             763             386       0.0xxx
              base gemini-3.5-flash           40             763             386       0.0xxx
            cost      US$ 0.0xxx; US$ 0.0xxx together with tuning
            price     US$ 1.50 per million input tokens and 9.00 per million output tokens, times 1.5 for a tuned model, as of 2026-11-28 (litellm 1.110.2, model_prices_and_context_window_backup.json, which names Google's page; a tuned model costs 1.5 times as much, as two third parties quoted that page in September 2026)
            """);
    assertThat(shell.err()).noneMatch(line -> line.contains("evaluation"));
    // An estimate makes no ledger.
    assertThat(folder.resolve("ledger.mv.db")).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource
  void countsTheChampionWithoutWhatItAnsweredAndWithoutWhatItWasTunedOn(LedgerKind kind)
      throws Exception {
    configure(kind, "");
    Job champion;
    try (Ledger ledger = Ledger.open(config, withPassword())) {
      champion = hosted(ledger, new Tickets(folder).publishTunedOn(shell.shell(), 5, EXAMPLES));
      Map<String, ModelAnswer> answers = new HashMap<>();
      List<Question> questions = Questions.read(dataset, shell.shell());
      questions.subList(10, 20).forEach(q -> answers.put(q.fingerprint(), ModelAnswer.of("hats")));
      ledger.answers().keep("endpoints/1", dataset.fingerprint(), answers);
      ledger.answers().keep(BASE, dataset.fingerprint(), answers);
    }

    JsonNode evaluation = json().path("evaluation");

    assertThat(evaluation.path("validation").asInt()).isEqualTo(EXAMPLES);
    assertThat(evaluation.path("fair").asInt()).isEqualTo(35);
    assertThat(evaluation.at("/models/0/questions").asInt()).isEqualTo(35);
    assertThat(evaluation.at("/models/1/questions").asInt()).isEqualTo(25);
    assertThat(evaluation.at("/models/2/standing").asText()).isEqualTo("champion");
    assertThat(evaluation.at("/models/2/id").asText()).isEqualTo(champion.id());
    assertThat(evaluation.at("/models/2/questions").asInt()).isEqualTo(25);
    assertThat(shell.err())
        .contains(
            "Warning: Of 40 validation examples 5 were used to tune the champion "
                + champion.id()
                + ": these are neither asked nor counted.");
  }

  @Test
  void holdsTuningAndEvaluationTogetherAgainstTheCap() throws Exception {
    configure(LedgerKind.H2, ", maxCostUsd: 0.03");

    JsonNode document = json();

    assertThat(document.path("usd").decimalValue()).isEqualByComparingTo("0.03");
    assertThat(document.path("totalUsd").doubleValue()).isEqualTo(0.04);
    assertThat(document.at("/refusals/0").asText())
        .startsWith("Tuning gemini-3.5-flash on ")
        .contains(
            " is estimated at US$ 0.0",
            " and the evaluation (80 questions to 2 hosted models, 1,526 input and 772"
                + " output tokens) at US$ 0.01",
            ", above the cost cap of US$ 0.03: ");
  }

  @Test
  void costsNothingOnThisMachine() throws Exception {
    new Tickets(folder).configure(LedgerKind.H2.yaml(folder));

    JsonNode document = json();

    assertThat(document.path("totalUsd").asInt()).isZero();
    assertThat(document.at("/evaluation/models/0/hosted").asBoolean()).isFalse();
    assertThat(document.at("/evaluation/models/0/questions").asInt()).isEqualTo(EXAMPLES);
    assertThat(document.at("/evaluation/complete").asBoolean()).isTrue();
  }

  @Test
  void saysWhichPriceIsNotKnown() throws Exception {
    JsonNode document = json("--base-model", "gemini-2.5-pro");

    assertThat(document.at("/evaluation/complete").asBoolean()).isFalse();
    assertThat(document.at("/evaluation/models/0/usd").isNull()).isTrue();
    assertThat(shell.err())
        .contains(
            "Warning: The price of asking model to be tuned and base gemini-2.5-pro is unknown"
                + " and not part of the cost of the evaluation: add it as askingPrice to the file"
                + " of tuning.baseModels.");
  }

  @Test
  void goesOnWhereTheLedgerDoesNotOpen() throws Exception {
    Files.writeString(folder.resolve("ledger.mv.db"), "this is no ledger");

    assertThat(estimate()).isZero();
    assertThat(shell.err())
        .anyMatch(
            line ->
                line.startsWith(
                    "Warning: The cost does not include the evaluation of a champion, since the"
                        + " ledger cannot be read: The ledger "));
  }
}
