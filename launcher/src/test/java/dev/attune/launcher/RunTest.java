package dev.attune.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.attune.pipeline.PrepareDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a scheduler calls, again and again, with real parts. */
class RunTest {
  private static final List<String> ANIMALS = List.of("cat", "dog", "owl", "fox", "hen");
  private static final List<String> DOINGS =
      List.of("sleeps", "eats", "runs away", "looks out", "hides", "waits", "drinks", "plays");

  @TempDir private Path folder;

  @BeforeEach
  void configure() throws IOException {
    Files.writeString(folder.resolve("taxonomy.json"), "[\"cat\",\"dog\",\"owl\",\"fox\",\"hen\"]");
    configure("");
    observe(60, false);
  }

  private void configure(String more) throws IOException {
    Files.writeString(
        folder.resolve("attune.yaml"),
        """
        dataset: animals
        task: classification
        taxonomy: taxonomy.json
        sources:
          observations: {files: ["*.csv"], columns: {text: text, categories: animal}}
        duplicates: {near: false}
        split: {validation: 0.2, by: record, seed: "1"}
        output: {directory: datasets, format: gemini}
        ledger: {jdbcUrl: "jdbc:h2:file:ledger"}
        """
            + more);
  }

  /** Notes about animals; shuffled, the animal of a note says nothing about its words. */
  private void observe(int notes, boolean shuffled) throws IOException {
    StringBuilder csv = new StringBuilder("text,animal\n");
    for (int i = 0; i < notes; i++) {
      String animal = ANIMALS.get(i % ANIMALS.size());
      String other = shuffled ? ANIMALS.get((i * 7 + i / 5) % ANIMALS.size()) : animal;
      csv.append("The ").append(animal).append(' ').append(DOINGS.get(i / 5 % DOINGS.size()));
      csv.append(" on day ").append(i).append(" of the year,").append(other).append('\n');
    }
    Files.writeString(folder.resolve("notes.csv"), csv);
  }

  private Typed run(String... more) {
    String[] typed = new String[more.length + 1];
    typed[0] = "run";
    System.arraycopy(more, 0, typed, 1, more.length);
    return Typed.attune(folder, PrepareDataset::run, typed);
  }

  private String env() throws IOException {
    return Files.readString(folder.resolve(".env"));
  }

  @Test
  void doesAllOfItOnceAndNothingTheSecondTime() throws IOException {
    Typed first = run();
    assertThat(first.exit()).as(String.join("\n", first.err())).isZero();
    assertThat(env()).startsWith("FINETUNED_MODEL_ID=local:");
    String before = env();

    Typed second = run();

    assertThat(second.exit()).isZero();
    assertThat(second.out()).startsWith("Nothing new to do: ").hasLineCount(1);
    assertThat(env()).isEqualTo(before);
  }

  @Test
  void tellsProgramsInOneDocument() throws IOException {
    JsonNode first = new ObjectMapper().readTree(run("--json").out());
    assertThat(first.get("nothingNew").asBoolean()).isFalse();
    assertThat(first.get("promoted").asBoolean()).isTrue();
    assertThat(first.get("steps").findValuesAsText("step"))
        .containsExactly("prepare", "check", "estimate", "tune", "evaluate", "promote");

    JsonNode second = new ObjectMapper().readTree(run("--json").out());
    assertThat(second.get("nothingNew").asBoolean()).isTrue();
    assertThat(second.get("fingerprint")).isEqualTo(first.get("fingerprint"));
  }

  @Test
  void goesOnWhereAnEarlierOneStopped() throws IOException {
    Files.createDirectory(folder.resolve(".env"));
    Typed stopped = run();
    assertThat(stopped.exit()).isEqualTo(3);
    Files.delete(folder.resolve(".env"));

    Typed again = run();

    assertThat(again.exit()).as(String.join("\n", again.err())).isZero();
    assertThat(again.out()).contains("prepare   done before: ").contains("check     done before: ");
    assertThat(env()).startsWith("FINETUNED_MODEL_ID=local:");
  }

  @Test
  void keepsTheChampionWhereTheNewModelIsWorse() throws IOException {
    assertThat(run().exit()).isZero();
    String champion = env();
    mislead(200);

    Typed worse = run();

    assertThat(worse.exit()).isEqualTo(3);
    assertThat(worse.lastLine()).contains("did not pass the gate").contains("stays in use");
    assertThat(env()).isEqualTo(champion);
    // Decided is decided: a scheduler is told once.
    Typed again = run();
    assertThat(again.exit()).isZero();
    assertThat(again.out()).startsWith("Nothing new to do: ").contains("did not pass the gate");
  }

  @Test
  void buildsOnTheDatasetOfTheChampion() throws IOException {
    assertThat(run().exit()).isZero();
    Path first = dataset("datasets");
    observe(90, false);

    Typed second = run("--json");

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
    assertThat(manifest.at("/counts/rejected/byReason/EXACT_DUPLICATE").asInt()).isEqualTo(60);
    assertThat(run().out()).startsWith("Nothing new to do: ");
  }

  @Test
  void paysForNothingWhereNoExampleIsNew() throws IOException {
    assertThat(run().exit()).isZero();
    String champion = env();
    // Other files with the same records.
    Files.copy(folder.resolve("notes.csv"), folder.resolve("more.csv"));

    Typed second = run();

    assertThat(second.exit()).as(String.join("\n", second.err())).isZero();
    assertThat(second.out())
        .contains("Nothing new to do: no example is new, and ", " stays in use.\n")
        .doesNotContain("evaluate");
    assertThat(env()).isEqualTo(champion);
    Typed third = run();
    assertThat(third.exit()).isZero();
    assertThat(third.out()).startsWith("Nothing new to do: no example is new");
  }

  @Test
  void preparesAnewWhereTheChampionsDatasetDoesNotFitOrIsGone() throws IOException {
    assertThat(run().exit()).isZero();
    Path first = dataset("datasets");
    configure("systemInstruction: Name the animal.\n");

    Typed other = run("--json");

    assertThat(other.err())
        .anyMatch(
            line ->
                line.startsWith("Preparing without the champion's dataset: ")
                    && line.contains("systemInstruction"));
    JsonNode result = new ObjectMapper().readTree(other.out());
    Path second = Path.of(result.get("directory").asText());
    assertThat(Files.readString(second.resolve("manifest.json"))).doesNotContain("\"previous\"");

    configure("");
    observe(70, false);
    for (Path gone : List.of(first, second)) {
      Files.move(gone, folder.resolve("gone-" + gone.getFileName()));
    }
    Typed without = run();
    assertThat(without.err())
        .anyMatch(line -> line.endsWith(" is no longer where the ledger says."));
    assertThat(without.exit()).isIn(0, 3);
  }

  @Test
  void goesOnFromTuningWhereTheDatasetStaysTheSame() throws IOException {
    assertThat(run().exit()).isZero();
    String first = env();
    Path dataset = dataset("datasets");
    configure("tuning: {epochs: 5}\n");

    Typed other = run("--json");

    assertThat(other.exit()).as(String.join("\n", other.err())).isZero();
    JsonNode result = new ObjectMapper().readTree(other.out());
    assertThat(Path.of(result.get("directory").asText())).isEqualTo(dataset);
    assertThat(result.at("/steps/0/skipped").asBoolean()).isTrue();
    assertThat(result.get("promoted").asBoolean()).isTrue();
    assertThat(env()).isNotEqualTo(first);
    assertThat(run().out()).startsWith("Nothing new to do: ");
    // Back again: that model is there, and nothing is tuned.
    configure("");
    Typed back = run();
    assertThat(back.out()).startsWith("Nothing new to do: ");
    assertThat(jobs()).isEqualTo(2);
  }

  @Test
  void holdsAnotherGateForTheSameModel() throws IOException {
    configure("evaluation: {minimumGainOverBase: 1}\n");
    assertThat(run().exit()).isEqualTo(3);
    assertThat(run().out()).startsWith("Nothing new to do: ").contains("did not pass the gate");
    configure("evaluation: {minimumGainOverBase: 0}\n");

    Typed again = run("--json");

    assertThat(again.exit()).as(String.join("\n", again.err())).isZero();
    JsonNode result = new ObjectMapper().readTree(again.out());
    assertThat(result.at("/steps/0/skipped").asBoolean()).isTrue();
    assertThat(result.get("promoted").asBoolean()).isTrue();
    assertThat(jobs()).isEqualTo(1);
  }

  @Test
  void doesNothingAfterAChangeThatDecidesNothing() throws IOException {
    assertThat(run().exit()).isZero();
    Files.move(folder.resolve("notes.csv"), folder.resolve("renamed.csv"));
    configure(
        """
        limits: {rejectedFraction: 0.9}
        tuning: {maxCostUsd: 5}
        evaluation: {parallelism: 1}
        """);

    Typed again = run();

    assertThat(again.exit()).isZero();
    assertThat(again.out()).startsWith("Nothing new to do: ");
    assertThat(jobs()).isEqualTo(1);
  }

  private int jobs() throws IOException {
    String jobs = Typed.attune(folder, PrepareDataset::run, "jobs", "--json").out();
    return new ObjectMapper().readTree(jobs).get("jobs").size();
  }

  /** The one dataset that there is. */
  private Path dataset(String below) throws IOException {
    try (var runs = Files.list(folder.resolve(below).resolve("animals"))) {
      return runs.filter(Files::isDirectory).findFirst().orElseThrow();
    }
  }

  /** Other notes, whose animals have nothing to do with their words. */
  private void mislead(int notes) throws IOException {
    StringBuilder csv = new StringBuilder("text,animal\n");
    for (int i = 0; i < notes; i++) {
      String other = ANIMALS.get((i * 7 + i / 5) % ANIMALS.size());
      csv.append("Then the ").append(ANIMALS.get(i % ANIMALS.size())).append(' ');
      csv.append(DOINGS.get(i / 5 % DOINGS.size()));
      csv.append(" in week ").append(i).append(',').append(other).append('\n');
    }
    Files.writeString(folder.resolve("misleading.csv"), csv);
  }

  @Test
  void doesItAllAgainWhenItIsForced() {
    assertThat(run().exit()).isZero();
    Typed forced = run("--force");
    assertThat(forced.exit()).as(String.join("\n", forced.err())).isZero();
    assertThat(forced.out()).contains("datasets/animals/forced-");
  }

  @Test
  void refusesACostCapThatIsNone() {
    assertThat(run("--max-cost", "-1").exit()).isEqualTo(2);
  }
}
