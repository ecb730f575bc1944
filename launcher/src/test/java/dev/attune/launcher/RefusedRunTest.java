package dev.attune.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.launcher.ledger.LedgerKind;
import dev.attune.schema.SchemaFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a scheduler sees after the gate refused a model, and what ends it. */
class RefusedRunTest {
  /** No model gains as much over a base that is right now and then. */
  private static final String NEVER = "evaluation: {minimumGainOverBase: 1}\n";

  @TempDir private Path folder;

  private Animals animals = new Animals(Path.of(""));

  @BeforeEach
  void observe() throws IOException {
    start(LedgerKind.H2);
  }

  private void start(LedgerKind kind) throws IOException {
    animals = new Animals(folder, kind);
    animals.configure(NEVER);
    animals.observe(200);
  }

  /** The first run, which the gate refuses. */
  private Typed refused() {
    Typed first = animals.run();
    assertThat(first.exit()).as(String.join("\n", first.err())).isEqualTo(3);
    assertThat(first.lastLine()).contains("did not pass the gate", "attune decline ", "--force");
    return first;
  }

  /** Runs again, and sees the same refusal while nothing is done. */
  private void refusedAgain(Typed first) throws IOException {
    Typed again = animals.run();
    assertThat(again.exit()).as(String.join("\n", again.err())).isEqualTo(3);
    assertThat(again.lastLine()).isEqualTo(first.lastLine());
    assertThat(again.err()).noneMatch(line -> line.matches("(Preparing|Tuning|Evaluating) .*"));
    assertThat(again.out()).isEmpty();
    assertThat(decisions()).containsExactly("refused");
    assertThat(animals.jobs()).isOne();
  }

  private String model() throws IOException {
    return animals.models().get(0).get("id").asText();
  }

  private List<String> decisions() throws IOException {
    return animals.models().findValuesAsText("decision");
  }

  private Typed nothingNew() {
    Typed typed = animals.run();
    assertThat(typed.exit()).as(String.join("\n", typed.err())).isZero();
    assertThat(typed.out()).startsWith("Nothing new to do: ").hasLineCount(1);
    return typed;
  }

  @ParameterizedTest
  @EnumSource
  void failsUntilSomebodyForcesTheModel(LedgerKind kind) throws IOException {
    start(kind);
    Typed first = refused();
    refusedAgain(first);
    refusedAgain(first);

    Typed forced =
        animals.attune("promote", model(), "--force", "--reason", "good enough for the pilot");

    assertThat(forced.exit()).isZero();
    assertThat(nothingNew().out()).contains(model() + " is in use");
    assertThat(animals.env()).contains(model());
    assertThat(animals.jobs()).isOne();
  }

  @ParameterizedTest
  @EnumSource
  void failsUntilSomebodyDeclinesTheModel(LedgerKind kind) throws IOException {
    start(kind);
    Typed first = refused();
    refusedAgain(first);

    Typed declined = animals.attune("decline", model(), "--reason", " the labels\n are\twrong ");

    assertThat(declined.exit()).isZero();
    assertThat(nothingNew().out())
        .contains(model() + " was declined at ", "\"the labels are wrong\"", "no model is in use");
    assertThat(animals.run("--again").exit()).isZero();
    assertThat(folder.resolve(".env")).doesNotExist();
    assertThat(decisions()).containsExactly("refused", "declined");
    assertThat(animals.jobs()).isOne();
  }

  @Test
  void refusesWhereTheChampionWasTunedOnMostOfTheQuestions() throws IOException {
    animals.configure("");
    assertThat(animals.run().exit()).isZero();
    String champion = model();
    Path yaml = folder.resolve("attune.yaml");
    Files.writeString(yaml, Files.readString(yaml).replace("seed: \"1\"", "seed: \"2\""));

    // --force does not build on the champion's dataset: the split is another.
    Typed forced = animals.run("--force");

    assertThat(forced.exit()).isEqualTo(3);
    assertThat(forced.lastLine())
        .matches(
            "Of the validation examples of .*forced-\\d+ only \\d+ may be used as questions, and"
                + " the gate needs 30 .*nothing was tuned or paid\\. .*");
    assertThat(forced.err())
        .anyMatch(line -> line.contains("used to tune the champion " + champion));
    assertThat(forced.err()).noneMatch(line -> line.startsWith("Tuning "));
    assertThat(animals.jobs()).isOne();
  }

  @Test
  void tellsProgramsOfARefusalThatStands() throws IOException {
    refused();

    Typed again = animals.run("--json");

    assertThat(again.exit()).isEqualTo(3);
    JsonNode document = new ObjectMapper().readTree(again.out());
    assertThat(document.get("nothingNew").asBoolean()).isTrue();
    assertThat(document.get("promoted").asBoolean()).isFalse();
    assertThat(document.get("model").asText()).isEqualTo(model());
    assertThat(document.get("reasons")).isNotEmpty();
  }

  @Test
  void promotesByTheGateOfLaterKeys() throws IOException {
    refusedAgain(refused());
    animals.configure("");

    Typed later = animals.run();

    assertThat(later.exit()).as(String.join("\n", later.err())).isZero();
    assertThat(decisions()).containsExactly("refused", "promoted");
    assertThat(animals.jobs()).isOne();
    nothingNew();
  }

  @Test
  void tunesAnotherModelWhereTheDataAreNew() throws IOException {
    String first = refused().lastLine();
    animals.observe(260);

    Typed later = animals.run();

    assertThat(later.exit()).isEqualTo(3);
    assertThat(later.lastLine()).isNotEqualTo(first).contains("did not pass the gate");
    assertThat(animals.jobs()).isEqualTo(2);
  }

  @Test
  void tunesAnotherModelAfterADeclinedOneToo() throws IOException {
    refused();
    animals.attune("decline", model(), "--reason", "no");
    animals.configure("");
    nothingNew();
    animals.observe(260);

    assertThat(animals.run().exit()).isZero();
    assertThat(animals.jobs()).isEqualTo(2);
  }

  @Test
  void knowsTheRefusalWhereItWasKilledBeforeTheStepWasEntered() throws Exception {
    Typed first = refused();
    change("delete from steps where step = 'promote'");

    Typed again = animals.run();

    assertThat(again.exit()).isEqualTo(3);
    assertThat(again.lastLine()).isEqualTo(first.lastLine());
    assertThat(again.out()).startsWith("prepare   done before: ");
    refusedAgain(first);
  }

  @Test
  void decidesAnewFromKeptAnswersAfterARefusalByOlderRules() throws Exception {
    refused();
    long answers = count("answers");
    String last = text("select max(entered_at) from answers");
    change("update promotions set gate = null, sentence = null");
    animals.configure("");

    Typed anew = animals.run();

    assertThat(anew.exit()).as(String.join("\n", anew.err())).isZero();
    assertThat(decisions()).containsExactly("refused", "promoted");
    assertThat(animals.jobs()).isOne();
    assertThat(count("answers")).isEqualTo(answers);
    assertThat(text("select max(entered_at) from answers")).isEqualTo(last);
  }

  @Test
  void failsAgainWhereTheRulesOfTodayRefuseToo() throws Exception {
    refused();
    change("update promotions set gate = null, sentence = null");

    Typed anew = animals.run();

    assertThat(anew.exit()).isEqualTo(3);
    assertThat(decisions()).containsExactly("refused", "refused");
    Typed again = animals.run();
    assertThat(again.lastLine()).isEqualTo(anew.lastLine());
    assertThat(decisions()).hasSize(2);
  }

  @Test
  void declinesOnceAndNotTheChampion() throws IOException {
    refused();
    String model = model();
    Typed declined = animals.attune("decline", model.substring(0, 6), "--reason", "no", "--json");
    JsonNode document = new ObjectMapper().readTree(declined.out());
    assertThat(SchemaFile.PROMOTION.validate(document)).isEmpty();
    assertThat(document.get("decision").asText()).isEqualTo("declined");
    assertThat(document.get("declinedBecause").asText()).isEqualTo("no");

    Typed twice = animals.attune("decline", "local:" + model, "--reason", "no, again");

    assertThat(twice.exit()).isZero();
    assertThat(twice.out()).startsWith("Nothing new: " + model + " is already declined");
    assertThat(twice.err()).containsExactly("The ledger keeps the first reason: \"no\"");
    assertThat(decisions()).containsExactly("refused", "declined");
    assertThat(animals.attune("models").out())
        .contains(model + "  declined", "declined 1970-01-01T", "\"no\"");
    assertThat(animals.models().get(0).get("use").asText()).isEqualTo("declined");
    // Later somebody changes their mind.
    assertThat(animals.attune("promote", model).exit()).isEqualTo(3);
    nothingNew();
    assertThat(animals.attune("promote", model, "--force", "--reason", "yes").exit()).isZero();
    Typed champion = animals.attune("decline", model, "--reason", "no");
    assertThat(champion.exit()).isEqualTo(3);
    assertThat(champion.lastLine()).startsWith(model + " is the champion of animals and cannot be");
    assertThat(animals.env()).contains(model);
  }

  @Test
  void takesNoEmptyReason() {
    assertThat(animals.attune("decline", "x").exit()).isEqualTo(2);
    assertThat(animals.attune("decline", "x", "--reason", "  ").lastLine())
        .startsWith("attune decline: --reason must say why the model is declined and is empty");
    assertThat(animals.attune("decline", "x", "--reason", "no").lastLine())
        .startsWith("There is no model x: the ledger has ");
  }

  @Test
  void createsAnotherJobOnlyWhenAsked() throws Exception {
    refused();
    change("delete from steps where step = 'promote'");
    change("delete from promotions");
    change("update jobs set state = 'FAILED', live_key = null, fault = 'the disk broke.'");
    failTheLocalJob();

    Typed failed = animals.run();

    assertThat(failed.exit()).isEqualTo(4);
    assertThat(failed.lastLine())
        .endsWith(
            " failed (the disk broke): correct the cause, then attune run --again creates"
                + " another.");
    assertThat(animals.run().exit()).isEqualTo(4);
    assertThat(animals.jobs()).isOne();

    assertThat(animals.run("--again").lastLine()).contains("did not pass the gate");
    assertThat(animals.jobs()).isEqualTo(2);
    assertThat(animals.run("--again").exit()).isEqualTo(3);
    assertThat(animals.jobs()).isEqualTo(2);
  }

  /** Makes the local back end's job one that failed. */
  private void failTheLocalJob() throws IOException {
    ObjectMapper json = new ObjectMapper();
    try (Stream<Path> files = Files.walk(folder.resolve("ledger.files"))) {
      for (Path file : files.filter(each -> each.endsWith("job.json")).toList()) {
        ObjectNode job = (ObjectNode) json.readTree(file.toFile());
        job.put("state", "FAILED").put("fault", "the disk broke.").putNull("trained");
        json.writeValue(file.toFile(), job);
      }
    }
  }

  @Test
  void refusesConversationsBeforeAnythingIsPrepared() throws IOException {
    Path config = folder.resolve("attune.yaml");
    Files.writeString(
        config,
        Files.readString(config)
            .replace("task: classification", "task: conversation")
            .replace("taxonomy: taxonomy.json\n", "")
            .replaceAll("observations: .*", "generated: {files: [\"*.jsonl\"]}"));
    Files.writeString(folder.resolve("made.jsonl"), "");

    Typed refused = animals.run();

    assertThat(refused.exit()).isEqualTo(3);
    assertThat(refused.lastLine()).contains("add models and evaluation.judges. Nothing was paid.");
    assertThat(folder.resolve("datasets")).doesNotExist();
  }

  @Test
  void refusesTooFewValidationExamplesBeforeAnythingIsTuned() throws IOException {
    animals.observe(60);

    Typed refused = animals.run();

    assertThat(refused.exit()).isEqualTo(3);
    assertThat(refused.lastLine())
        .containsPattern(" has \\d+ validation examples and \\d+ training examples, and the gate")
        .contains("needs 30 (evaluation.minimumExamples)", "split.validation");
    assertThat(animals.jobs()).isZero();
    assertThat(animals.run().lastLine()).isEqualTo(refused.lastLine());
  }

  private void change(String sql) throws SQLException, IOException {
    try (Connection ledger = connection();
        Statement statement = ledger.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isPositive();
    }
  }

  private long count(String table) throws SQLException, IOException {
    return Long.parseLong(text("select count(*) from " + table));
  }

  private String text(String sql) throws SQLException, IOException {
    try (Connection ledger = connection();
        Statement statement = ledger.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      assertThat(row.next()).isTrue();
      return String.valueOf(row.getString(1));
    }
  }

  private Connection connection() throws SQLException, IOException {
    String password = Files.readString(folder.resolve("ledger.password")).strip();
    return DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("ledger"), "sa", password);
  }
}
