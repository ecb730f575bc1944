package dev.attune.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.attune.launcher.ledger.LedgerKind;
import dev.attune.testing.modelapi.ModelPrompt;
import dev.attune.testing.modelapi.ModelStub;
import dev.attune.testing.modelapi.ScriptedAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From low-rated rows to improvements in a dataset, with real parts and a stub of the model. */
class ImproveTest {
  private static final int LOW = 6;

  @TempDir private Path folder;
  private ModelStub stub = start();
  private Animals animals = new Animals(Path.of(""));

  private static ModelStub start() {
    try {
      return ModelStub.start();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void writeProject() throws IOException, SQLException {
    animals = new Animals(folder);
    stub.script(ImproveTest::answer);
    Files.writeString(folder.resolve("taxonomy.json"), "[\"cat\",\"dog\",\"owl\",\"fox\",\"hen\"]");
    Files.writeString(
        folder.resolve("attune.yaml"),
        """
        dataset: animals
        task: classification
        systemInstruction: Name the animal.
        taxonomy: taxonomy.json
        sources:
          feedback:
            jdbcUrl: jdbc:h2:./feedback
            username: sa
            table: answers
            columns: {id: id, prompt: prompt, response: response, rating: rating, comment: comment}
            improvements: improvements/*.jsonl
          observations: {files: ["*.csv"], columns: {text: text, categories: animal}}
        models:
          writer: {provider: openai, baseUrl: "%1$s", model: w-1, requestsPerMinute: 100000}
          judge: {provider: openai, baseUrl: "%1$s", model: j-1, requestsPerMinute: 100000}
        improvement: {model: writer, judge: judge}
        duplicates: {near: false}
        split: {validation: 0.2, by: record, seed: "1"}
        output: {directory: datasets, format: gemini}
        """
                .formatted(stub.openAiUrl())
            + LedgerKind.H2.yaml(folder));
    animals.observe(200);
    try (Connection connection =
            DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("feedback"), "sa", "");
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE answers AS SELECT 'row-' || x AS id,
            'A fox is seen by ann@post.example at night ' || x AS prompt, 'cat' AS response,
            CASE WHEN x > %d THEN 5 ELSE 1 END AS rating,
            CASE WHEN x = 1 THEN 'No, a unicorn' ELSE 'It is a fox' END AS comment
          FROM SYSTEM_RANGE(1, 8)
          """
              .formatted(LOW));
    }
  }

  @AfterEach
  void stop() {
    stub.close();
  }

  /** The writer says fox, or what is no category; the judge prefers the fox. */
  private static ScriptedAnswer answer(ModelPrompt prompt) {
    String text = prompt.lastText();
    if (prompt.model().equals("j-1")) {
      String fox = text.indexOf("\nfox\n") > text.indexOf("<b-") ? "B" : "A";
      return ScriptedAnswer.of("{\"reason\":\"r\",\"better\":\"" + fox + "\",\"heeds\":\"both\"}");
    }
    return ScriptedAnswer.of(
        text.contains("unicorn") ? "A unicorn." : "{\"categories\":[\"fox\"]}");
  }

  @Test
  void runImprovesFirstAndAsksNothingTheSecondTime() throws Exception {
    Typed first = animals.run();

    assertThat(first.exit()).as(String.join("\n", first.both())).isZero();
    assertThat(first.out()).contains("improve   5 of 6 low-rated rows improved");
    assertThat(first.both()).anyMatch(line -> line.startsWith("promote "));
    assertThat(
            new ObjectMapper()
                .readTree(animals.dataset().resolve("manifest.json").toFile())
                .at("/improvements/used")
                .asInt())
        .isEqualTo(LOW - 1);
    assertThat(stub.count()).isEqualTo(LOW + 2L * (LOW - 1));
    assertThat(stub.prompts())
        .allSatisfy(prompt -> assertThat(prompt.body().toString()).doesNotContain("ann@post"));
    stub.clear();

    Typed second = animals.run();

    assertThat(second.exit()).isZero();
    assertThat(second.out()).startsWith("Nothing new to do: ").hasLineCount(1);
    assertThat(stub.count()).isZero();
  }

  @Test
  void improveSaysWhatItDidAndThatNothingIsNew() throws Exception {
    Typed first = animals.attune("improve", "--limit", "4");
    JsonNode second = new ObjectMapper().readTree(animals.attune("improve", "--json").out());
    Typed third = animals.attune("improve");

    assertThat(first.exit()).as(String.join("\n", first.err())).isZero();
    assertThat(first.out())
        .contains("of 4 rows", "cost      ", "left      2 rows beyond the limit");
    assertThat(second.get("asked").asInt()).isEqualTo(2);
    assertThat(second.get("costUsd").decimalValue()).isZero();
    assertThat(third.exit()).isZero();
    assertThat(third.out())
        .isEqualTo(
            "Nothing new to do: no low-rated row with a comment waits for an improvement; the"
                + " answers to 1 row were rejected before, and --fresh asks again.\n");
    assertThat(stub.count()).isEqualTo(LOW + 2L * (LOW - 1));
    assertThat(lines(".rejected.jsonl"))
        .singleElement()
        .asString()
        .contains("\"id\":\"row-1\"", "\"reason\":\"UNKNOWN_CATEGORY\"")
        .doesNotContain("unicorn");
    assertThat(lines(".jsonl")).hasSize(LOW);
  }

  @Test
  void endsWithThreeWhileAnotherOneWorks() {
    List<Typed> beside = new ArrayList<>();
    stub.script(
        prompt -> {
          synchronized (beside) {
            if (beside.isEmpty()) {
              beside.add(animals.attune("improve"));
            }
          }
          return answer(prompt);
        });

    assertThat(animals.attune("improve").exit()).isZero();
    assertThat(beside.get(0).exit()).isEqualTo(3);
    assertThat(beside.get(0).lastLine())
        .startsWith("attune run or attune improve with this dataset name is in progress");
    assertThat(stub.count()).isEqualTo(LOW + 2L * (LOW - 1));
  }

  @Test
  void refusesWhatItCannotDoInASentence() throws IOException {
    assertThat(animals.attune("improve", "--limit", "0"))
        .satisfies(typed -> assertThat(typed.exit()).isEqualTo(2))
        .satisfies(typed -> assertThat(typed.err()).anyMatch(line -> line.contains("1 to 100000")));
    assertThat(animals.attune("improve", "--model", "wrtier"))
        .satisfies(typed -> assertThat(typed.exit()).isEqualTo(3))
        .satisfies(typed -> assertThat(typed.lastLine()).contains("writer"));
    String yaml = Files.readString(folder.resolve("attune.yaml"));
    Files.writeString(folder.resolve("attune.yaml"), yaml.replace("judge: judge}", "judge: juge}"));
    assertThat(animals.attune("improve").err())
        .anyMatch(
            line -> line.endsWith("there is no model juge under models; did you mean judge?"));
    assertThat(stub.count()).isZero();
  }

  private List<String> lines(String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("improvements"))) {
      return files
          .filter(file -> file.toString().endsWith(ending))
          .flatMap(ImproveTest::read)
          .toList();
    }
  }

  private static Stream<String> read(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
