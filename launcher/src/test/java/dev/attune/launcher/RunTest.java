package dev.attune.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.attune.config.ConfigLoader;
import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.loop.turn.RunTurn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a scheduler calls, again and again, with real parts. */
class RunTest {
  /** How the lines of both streams begin, each title before what came of the step. */
  private static final List<String> STEPS =
      List.of(
          "Preparing animals with",
          "animals: 200 records read",
          "prepare   ",
          "Checking ",
          "check     0 errors,",
          "Estimating tokens and cost",
          "estimate  ",
          "Tuning on ",
          "tune      ",
          "Evaluating ",
          "evaluate  ",
          "Applying the gate to ",
          "promote   ");

  @TempDir private Path folder;

  private Animals animals = new Animals(Path.of(""));

  @BeforeEach
  void observe() throws IOException {
    animals = new Animals(folder);
    animals.observe(200);
  }

  @Test
  void doesAllOfItOnceAndNothingTheSecondTime() throws IOException {
    Typed first = animals.run();
    assertThat(first.exit()).as(String.join("\n", first.err())).isZero();
    assertThat(animals.env()).startsWith("FINETUNED_MODEL_ID=local:");
    assertThat(inOrder(first.both(), STEPS)).isEqualTo(STEPS);
    assertThat(first.both()).noneMatch(line -> line.contains("0 records read,"));
    String before = animals.env();

    Typed second = animals.run();

    assertThat(second.exit()).isZero();
    assertThat(second.out()).startsWith("Nothing new to do: ").hasLineCount(1);
    assertThat(animals.env()).isEqualTo(before);
  }

  @Test
  void doesNothingBesideARunInProgress() throws Exception {
    TestShell shell = new TestShell(folder);
    try (Ledger ledger =
            Ledger.open(ConfigLoader.load(folder.resolve("attune.yaml")), shell.shell());
        RunTurn turn =
            RunTurn.take(ledger, "animals", shell.shell(), time -> assertThat(time).isNull())) {
      assertThat(turn.other()).isEmpty();
      long process = ProcessHandle.current().pid();

      Typed beside = animals.run();
      JsonNode told = new ObjectMapper().readTree(animals.run("--json").out()).get("running");

      assertThat(beside.exit()).as(String.join("\n", beside.err())).isZero();
      assertThat(beside.out())
          .startsWith("Another attune run of animals is in progress: process " + process + " on ")
          .endsWith(". This one has done nothing.\n");
      assertThat(told.get("dataset").asText()).isEqualTo("animals");
      assertThat(told.get("process").asLong()).isEqualTo(process);
      assertThat(folder.resolve("datasets")).doesNotExist();
      assertThat(animals.jobs()).isZero();
    }
    assertThat(animals.run().exit()).isZero();
  }

  private static List<String> inOrder(List<String> lines, List<String> beginnings) {
    return lines.stream().flatMap(line -> beginnings.stream().filter(line::startsWith)).toList();
  }

  @Test
  void tellsProgramsInOneDocument() throws IOException {
    JsonNode first = new ObjectMapper().readTree(animals.run("--json").out());
    assertThat(first.get("nothingNew").asBoolean()).isFalse();
    assertThat(first.get("promoted").asBoolean()).isTrue();
    assertThat(first.get("steps").findValuesAsText("step"))
        .containsExactly("prepare", "check", "estimate", "tune", "evaluate", "promote");

    JsonNode second = new ObjectMapper().readTree(animals.run("--json").out());
    assertThat(second.get("nothingNew").asBoolean()).isTrue();
    assertThat(second.get("fingerprint")).isEqualTo(first.get("fingerprint"));
  }

  @Test
  void goesOnWhereAnEarlierOneStopped() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("evaluations"), folder);
    Typed stopped = animals.run();
    assertThat(stopped.exit()).isEqualTo(3);
    assertThat(stopped.lastLine()).startsWith(link.toString());
    Files.delete(link);

    Typed again = animals.run();

    assertThat(again.exit()).as(String.join("\n", again.err())).isZero();
    assertThat(again.out()).contains("prepare   done before: ").contains("check     done before: ");
    assertThat(animals.env()).startsWith("FINETUNED_MODEL_ID=local:");
  }

  @Test
  void keepsTheChampionWhereTheNewModelIsWorse() throws IOException {
    assertThat(animals.run().exit()).isZero();
    String champion = animals.env();
    animals.mislead(400);

    Typed worse = animals.run();

    assertThat(worse.exit()).isEqualTo(3);
    assertThat(worse.lastLine()).contains("did not pass the gate").contains("stays in use");
    assertThat(animals.env()).isEqualTo(champion);
    // A scheduler is told until somebody decides.
    Typed again = animals.run();
    assertThat(again.exit()).isEqualTo(3);
    assertThat(again.lastLine()).isEqualTo(worse.lastLine());
    assertThat(again.out()).isEmpty();
  }

  @Test
  void buildsOnTheDatasetOfTheChampion() throws IOException {
    assertThat(animals.run().exit()).isZero();
    Path first = animals.dataset();
    animals.observe(300);

    Typed second = animals.run("--json");

    assertThat(second.exit()).as(String.join("\n", second.err())).isIn(0, 3);
    JsonNode result = new ObjectMapper().readTree(second.out());
    Path built = Path.of(result.get("directory").asText());
    for (String file : List.of("train.jsonl", "valid.jsonl")) {
      assertThat(Files.readAllLines(built.resolve(file)))
          .containsAll(Files.readAllLines(first.resolve(file)));
    }
    JsonNode manifest = new ObjectMapper().readTree(built.resolve("manifest.json").toFile());
    assertThat(manifest.at("/previous/runId").asText())
        .isEqualTo(String.valueOf(first.getFileName()));
    assertThat(manifest.at("/counts/rejected/byReason/EXACT_DUPLICATE").asInt()).isEqualTo(200);
    assertThat(animals.run().out()).startsWith("Nothing new to do: ");
  }

  @Test
  void paysForNothingWhereNoExampleIsNew() throws IOException {
    assertThat(animals.run().exit()).isZero();
    String champion = animals.env();
    // Other files with the same records.
    Files.copy(folder.resolve("notes.csv"), folder.resolve("more.csv"));

    Typed second = animals.run();

    assertThat(second.exit()).as(String.join("\n", second.err())).isZero();
    assertThat(second.out())
        .contains("Nothing new to do: there is no new example, and ", " stays in use.\n")
        .doesNotContain("evaluate");
    assertThat(animals.env()).isEqualTo(champion);
    Typed third = animals.run();
    assertThat(third.exit()).isZero();
    assertThat(third.out()).startsWith("Nothing new to do: there is no new example");
  }

  @Test
  void preparesAnewWhereTheChampionsDatasetDoesNotFitOrIsGone() throws IOException {
    assertThat(animals.run().exit()).isZero();
    Path first = animals.dataset();
    animals.configure("systemInstruction: Name the animal.\n");

    Typed other = animals.run("--json");

    assertThat(other.err())
        .anyMatch(
            line ->
                line.startsWith("Preparing without the champion's dataset: ")
                    && line.contains("systemInstruction"));
    JsonNode result = new ObjectMapper().readTree(other.out());
    Path second = Path.of(result.get("directory").asText());
    assertThat(Files.readString(second.resolve("manifest.json"))).doesNotContain("\"previous\"");

    animals.configure("");
    animals.observe(240);
    for (Path gone : List.of(first, second)) {
      Files.move(gone, folder.resolve("gone-" + gone.getFileName()));
    }
    Typed without = animals.run();
    assertThat(without.err())
        .anyMatch(line -> line.endsWith(" is no longer in the directory that the ledger names."));
    assertThat(without.exit()).isIn(0, 3);
  }

  @Test
  void goesOnFromTuningWhereTheDatasetStaysTheSame() throws IOException {
    assertThat(animals.run().exit()).isZero();
    String first = animals.env();
    Path dataset = animals.dataset();
    animals.configure("tuning: {epochs: 5}\n");

    Typed other = animals.run("--json");

    assertThat(other.exit()).as(String.join("\n", other.err())).isZero();
    JsonNode result = new ObjectMapper().readTree(other.out());
    assertThat(Path.of(result.get("directory").asText())).isEqualTo(dataset);
    assertThat(result.at("/steps/0/skipped").asBoolean()).isTrue();
    assertThat(result.get("promoted").asBoolean()).isTrue();
    assertThat(animals.env()).isNotEqualTo(first);
    assertThat(animals.run().out()).startsWith("Nothing new to do: ");
    // Back again: that model is there, and nothing is tuned.
    animals.configure("");
    Typed back = animals.run();
    assertThat(back.out()).startsWith("Nothing new to do: ");
    assertThat(animals.jobs()).isEqualTo(2);
  }

  @Test
  void holdsAnotherGateForTheSameModel() throws IOException {
    animals.configure("evaluation: {minimumGainOverBase: 1}\n");
    assertThat(animals.run().exit()).isEqualTo(3);
    assertThat(animals.run().exit()).isEqualTo(3);
    animals.configure("evaluation: {minimumGainOverBase: 0}\n");

    Typed again = animals.run("--json");

    assertThat(again.exit()).as(String.join("\n", again.err())).isZero();
    JsonNode result = new ObjectMapper().readTree(again.out());
    assertThat(result.at("/steps/0/skipped").asBoolean()).isTrue();
    assertThat(result.get("promoted").asBoolean()).isTrue();
    assertThat(animals.jobs()).isEqualTo(1);
  }

  @Test
  void doesNothingAfterAChangeThatDecidesNothing() throws IOException {
    assertThat(animals.run().exit()).isZero();
    Files.move(folder.resolve("notes.csv"), folder.resolve("renamed.csv"));
    animals.configure(
        """
        limits: {rejectedFraction: 0.9}
        tuning: {maxCostUsd: 5}
        evaluation: {parallelism: 1}
        """);

    Typed again = animals.run();

    assertThat(again.exit()).isZero();
    assertThat(again.out()).startsWith("Nothing new to do: ");
    assertThat(animals.jobs()).isEqualTo(1);
  }

  @Test
  void doesItAllAgainWhenItIsForced() {
    assertThat(animals.run().exit()).isZero();
    Typed forced = animals.run("--force");
    assertThat(forced.exit()).as(String.join("\n", forced.err())).isZero();
    assertThat(forced.out()).contains("datasets/animals/forced-");
  }

  @Test
  void refusesACostCapThatIsNone() {
    assertThat(animals.run("--max-cost", "-1").exit()).isEqualTo(2);
  }
}
