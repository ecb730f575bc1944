package dev.attune.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.attune.pipeline.PrepareDataset;
import dev.attune.schema.RulesVersion;
import dev.attune.schema.SchemaFile;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command works with the datasets and the ledger that an older version left behind. */
class OlderVersionTest {
  private static final Path LEFT =
      Path.of("src", "test", "resources", "dev", "attune", "launcher", "made-by-1c65b31");

  /** Where the older version ran; files and ledger name it. */
  private static final String THERE = "/srv/animals";

  private static final Map<String, String> PLACES =
      Map.of(
          "datasets", "directory", "steps", "outcome", "jobs", "endpoint", "evaluations", "report");

  private static final String FIRST = "datasets/animals/7ea29dcbe52d";
  private static final String SECOND = "datasets/animals/2f7bea30c5d3";
  private static final String CONVERSATION = "datasets/answers/3cc3f9a1b6c1";
  private static final String FORMER = "c23449cee249-1";
  private static final String CHAMPION = "97313882469c-1";

  @TempDir private Path folder;

  @BeforeEach
  void moveThere() throws IOException, SQLException {
    Files.walkFileTree(
        LEFT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Path copy = folder.resolve(LEFT.relativize(file).toString());
            Files.createDirectories(copy.getParent());
            if (file.endsWith("job.json")) {
              Files.writeString(copy, Files.readString(file).replace(THERE, folder.toString()));
            } else {
              Files.copy(file, copy);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    try (Connection ledger =
        DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("ledger"), "sa", "")) {
      for (Map.Entry<String, String> place : PLACES.entrySet()) {
        String column = place.getValue();
        try (PreparedStatement move =
            ledger.prepareStatement(
                "update %s set %s = replace(%s, ?, ?)".formatted(place.getKey(), column, column))) {
          move.setString(1, THERE);
          move.setString(2, folder.toString());
          move.executeUpdate();
        }
      }
    }
  }

  private Typed attune(String... args) {
    return Typed.attune(folder, PrepareDataset::run, args);
  }

  private Typed done(String... args) {
    Typed typed = attune(args);
    assertThat(typed.exit()).as(String.join("\n", typed.err()) + "\n" + typed.out()).isZero();
    return typed;
  }

  private static JsonNode json(Typed typed, SchemaFile schema) throws IOException {
    JsonNode document = new ObjectMapper().readTree(typed.out());
    assertThat(schema.validate(document)).isEmpty();
    return document;
  }

  private String env() throws IOException {
    return Files.readString(folder.resolve(".env"));
  }

  @ParameterizedTest
  @ValueSource(strings = {FIRST, SECOND, CONVERSATION})
  void checksAndEstimates(String dataset) throws IOException {
    JsonNode check = json(done("check", dataset, "--json"), SchemaFile.CHECK_REPORT);
    assertThat(check.get("errors").asInt()).isZero();
    JsonNode estimate = json(done("estimate", dataset, "--json"), SchemaFile.ESTIMATE);
    assertThat(estimate.at("/training/tokens").asLong()).isPositive();
  }

  @Test
  void preparesAnewBesideIt() throws IOException {
    JsonNode prepared = new ObjectMapper().readTree(done("prepare", "--json").out());

    Path directory = Path.of(prepared.get("directory").asText());
    assertThat(directory).isNotIn(folder.resolve(FIRST), folder.resolve(SECOND));
    JsonNode manifest = new ObjectMapper().readTree(directory.resolve("manifest.json").toFile());
    assertThat(manifest.get("schemaVersion").asInt()).isEqualTo(2);
    assertThat(manifest.at("/versions/rules").asInt()).isEqualTo(RulesVersion.CURRENT);
  }

  @Test
  void keepsADatasetThatStandsUnderTheRunId() throws IOException {
    byte[] before = Files.readAllBytes(folder.resolve(FIRST).resolve("manifest.json"));

    Typed other = attune("prepare", "--run-id", "7ea29dcbe52d", "--limit", "3");

    assertThat(other.exit()).isEqualTo(3);
    assertThat(other.lastLine()).contains("holds another dataset").contains("--run-id");
    assertThat(Files.readAllBytes(folder.resolve(FIRST).resolve("manifest.json")))
        .isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {FIRST, SECOND})
  void doesNotBuildOnOtherRules(String dataset) {
    Typed refused = attune("prepare", "--previous", dataset);

    assertThat(refused.exit()).isEqualTo(3);
    assertThat(refused.lastLine())
        .endsWith(
            dataset
                + " was made before rules versions were written down, and this version of Attune"
                + " has rules version "
                + RulesVersion.CURRENT
                + ": prepare without --previous.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "estimate", "tune"})
  void asksForAnUpgradeWhereTheManifestIsNewer(String command) throws IOException {
    Path manifest = folder.resolve(FIRST).resolve("manifest.json");
    Files.writeString(
        manifest,
        Files.readString(manifest).replace("\"schemaVersion\": 1", "\"schemaVersion\": 3"));

    Typed refused = attune(command, FIRST);

    assertThat(refused.exit()).isEqualTo(3);
    assertThat(refused.lastLine())
        .isEqualTo(
            FIRST
                + "/manifest.json has schemaVersion 3, and this version of Attune"
                + " reads up to 2: upgrade Attune.");
  }

  @Test
  void adoptsTheJobThatTunedIt() throws IOException {
    assertThat(done("tune", SECOND, "--dry-run").out()).isNotBlank();
    for (String model : List.of(FORMER, CHAMPION)) {
      String dataset = model.equals(FORMER) ? FIRST : SECOND;
      JsonNode jobs = json(done("tune", dataset, "--json"), SchemaFile.JOBS);
      assertThat(jobs.findValuesAsText("id")).containsExactly(model);
    }
    JsonNode jobs = json(done("jobs", "--json"), SchemaFile.JOBS);
    assertThat(jobs.findValuesAsText("id")).containsExactlyInAnyOrder(FORMER, CHAMPION);
  }

  @Test
  void watchesAndCancelsAJobThatEnded() {
    assertThat(done("watch", CHAMPION).out()).contains(CHAMPION);
    Typed cancelled = attune("cancel", CHAMPION);
    assertThat(cancelled.exit()).as(String.join("\n", cancelled.err())).isIn(0, 3);
    assertThat(String.join("\n", cancelled.err()) + cancelled.out()).contains("SUCCEEDED");
    assertThat(done("jobs").out()).contains(CHAMPION).contains(FORMER).contains(SECOND);
  }

  @Test
  void evaluatesItsModel() throws IOException {
    Typed evaluated = done("evaluate", CHAMPION, "--dataset", SECOND, "--json");
    assertThat(json(evaluated, SchemaFile.EVALUATION).findValue("accuracy")).isNotNull();
    // Answers that were kept, of the other model and of the base model, are used again.
    assertThat(done("evaluate", FORMER, "--dataset", FIRST).out()).contains("macro F1");
  }

  @Test
  void listsPromotesAndRollsBack() throws IOException {
    JsonNode models = json(done("models", "--json"), SchemaFile.MODELS);
    assertThat(models.get("champion").asText()).isEqualTo(CHAMPION);
    assertThat(models.findValuesAsText("id")).contains(FORMER, CHAMPION);
    done("promote", CHAMPION);
    assertThat(env()).contains(CHAMPION);

    done("rollback");

    assertThat(env()).contains(FORMER).doesNotContain(CHAMPION);
    Typed again = attune("promote", CHAMPION);
    assertThat(again.exit()).as(String.join("\n", again.err())).isIn(0, 3);
  }

  @Test
  void declinesAModelOfIt() throws IOException {
    assertThat(attune("decline", CHAMPION, "--reason", "no").exit()).isEqualTo(3);
    JsonNode declined =
        json(done("decline", FORMER, "--reason", "old", "--json"), SchemaFile.PROMOTION);
    assertThat(declined.get("decision").asText()).isEqualTo("declined");
    assertThat(declined.get("champion").asText()).isEqualTo(CHAMPION);
    JsonNode models = json(done("models", "--json"), SchemaFile.MODELS);
    assertThat(models.findValuesAsText("use")).containsExactlyInAnyOrder("champion", "declined");
  }

  @Test
  void runsWithoutTheChampionsDatasetAndTunesOnce() throws IOException {
    // Its validation examples are fewer than the default of evaluation.minimumExamples.
    Files.writeString(
        folder.resolve("attune.yaml"),
        "evaluation: {minimumExamples: 1}\n",
        StandardOpenOption.APPEND);
    Typed run = attune("run", "--json");

    assertThat(run.exit()).as(String.join("\n", run.err())).isIn(0, 3);
    assertThat(run.err())
        .filteredOn(line -> line.startsWith("Preparing without the champion's dataset: "))
        .singleElement()
        .asString()
        .contains(SECOND, "rules version " + RulesVersion.CURRENT);
    JsonNode result = new ObjectMapper().readTree(run.out());
    Path directory = Path.of(result.get("directory").asText());
    assertThat(Files.readString(directory.resolve("manifest.json"))).doesNotContain("\"previous\"");
    assertThat(result.get("champion").asText()).isNotEmpty();
    if (run.exit() == 3) {
      assertThat(attune("run").exit()).isEqualTo(3);
      done("decline", result.get("model").asText(), "--reason", "no better");
    }
    assertThat(done("run").out()).startsWith("Nothing new to do: ");
    // One more job, or none where the new dataset has the bytes of the old one.
    assertThat(json(done("jobs", "--json"), SchemaFile.JOBS).findValues("id")).hasSizeBetween(2, 3);
  }
}
