package dev.attune.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.aiplatform.v1.GenerateContentRequest;
import com.google.cloud.aiplatform.v1.GenerateContentResponse;
import com.google.cloud.aiplatform.v1.JobState;
import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.emulator.VertexEmulator;
import dev.attune.launcher.ledger.LedgerKind;
import dev.attune.pipeline.PrepareDataset;
import dev.attune.schema.CanonicalJson;
import dev.attune.schema.SchemaFile;
import dev.attune.testing.modelapi.ModelPrompt;
import dev.attune.testing.modelapi.ModelStub;
import dev.attune.testing.modelapi.ScriptedAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole loop on conversations: an emulated Vertex AI tunes, and models of a stub judge. */
class ConversationLoopTest {
  private static final List<String> WORDS =
      List.of("amber", "birch", "cedar", "dune", "ember", "fjord", "grove", "heath", "inlet");

  @TempDir private Path folder;

  private VertexEmulator vertex;
  private ModelStub stub;

  @BeforeEach
  void start() throws IOException {
    vertex = VertexEmulator.start();
    vertex.script(JobState.JOB_STATE_SUCCEEDED);
    vertex.answer(ConversationLoopTest::answer);
    stub = ModelStub.start();
    stub.script(ConversationLoopTest::judge);
    StringBuilder samples = new StringBuilder();
    for (int i = 0; i < 240; i++) {
      String asked = words(i) + " question " + i;
      samples.append(
          """
          {"id": "s%d", "quality": 9, "turns": [{"role": "user", "text": "Hello %s"}, \
          {"role": "model", "text": "Hello, I am glad to help."}, \
          {"role": "user", "text": "Tell me about %s"}, \
          {"role": "model", "text": "A helpful answer on %s."}]}
          """
              .formatted(i, words(i + 7), asked, asked));
    }
    Files.writeString(folder.resolve("samples.jsonl"), samples);
  }

  @AfterEach
  void stop() {
    vertex.close();
    stub.close();
  }

  private static String words(int number) {
    StringBuilder words = new StringBuilder();
    for (int rest = number + 81; rest > 0; rest /= WORDS.size()) {
      words.append(WORDS.get(rest % WORDS.size())).append(' ');
    }
    return words.toString().strip();
  }

  /** The tuned model helps; its base does not. */
  private static GenerateContentResponse answer(GenerateContentRequest request) {
    assertThat(request.getContentsCount()).isEqualTo(3);
    String asked = request.getContents(2).getParts(0).getText();
    return VertexEmulator.reply(
        (request.getModel().contains("/publishers/") ? "No idea, " : "Gladly, ") + asked);
  }

  /** Prefers glad answers. */
  private static ScriptedAnswer judge(ModelPrompt prompt) {
    try {
      JsonNode pair = new ObjectMapper().readTree(prompt.lastText());
      boolean isFirst = pair.get("answer_a").asText().startsWith("Gladly");
      return ScriptedAnswer.of("{\"better\": \"" + (isFirst ? "a" : "b") + "\"}");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void configure(String judging) throws IOException {
    String judge = "{provider: openai, model: %s, requestsPerMinute: 100000, baseUrl: \"%s\"}";
    Files.writeString(
        folder.resolve("attune.yaml"),
        """
        dataset: talks
        task: conversation
        sources: {generated: {files: [samples.jsonl]}}
        duplicates: {near: false}
        split: {validation: 0.2, by: record, seed: "1"}
        output: {directory: datasets, format: gemini}
        tuning: {backEnd: vertex, project: p, location: us-central1, baseModel: gemini-3.5-flash,
          bucket: "gs://attune-test/tuning", plaintext: true, endpoint: "%s", storageEndpoint: "%s",
          createGrace: 20s, callDeadline: 20s}
        models:
          one: %s
          two: %s
        """
                .formatted(
                    vertex.endpoint(),
                    vertex.storageEndpoint(),
                    judge.formatted("gpt-six", stub.openAiUrl()),
                    judge.formatted("qwen-four", stub.openAiUrl()))
            + LedgerKind.H2.yaml(folder)
            + judging);
  }

  private Typed run(String... more) {
    String[] typed = new String[more.length + 1];
    typed[0] = "run";
    System.arraycopy(more, 0, typed, 1, more.length);
    return attune(typed);
  }

  private Typed attune(String... typed) {
    return Typed.attune(new TestShell(folder), PrepareDataset::run, typed);
  }

  @Test
  void promotesWhatJudgesPreferAndDoesNothingTheSecondTime() throws IOException {
    configure("evaluation: {judges: [one, two], requestsPerMinute: 100000}\n");

    Typed first = run();

    assertThat(first.exit()).as(String.join("\n", first.err())).isZero();
    assertThat(first.out())
        .contains("evaluate  win rate 1.000 over the base, ")
        .contains("gate      Promoted: on ")
        .contains("the win rate over the base model gemini-3.5-flash is 1.000");
    assertThat(Files.readString(folder.resolve(".env"))).startsWith("FINETUNED_MODEL_ID=projects/");
    assertThat(vertex.jobs()).hasSize(1);
    int answers = vertex.asked().size();
    long verdicts = stub.count();
    assertThat(verdicts).isEqualTo(2L * answers); // two judges, two orders, a pair of answers each

    Typed models = attune("models");
    assertThat(models.out()).contains("judged").contains("won 1.000").contains(" is 1.000 (95%");
    String document = attune("models", "--json").out();
    assertThat(SchemaFile.MODELS.validate(CanonicalJson.read(document.getBytes(UTF_8)))).isEmpty();

    Typed second = run();

    assertThat(second.exit()).isZero();
    assertThat(second.out()).startsWith("Nothing new to do: ").hasLineCount(1);
    assertThat(vertex.jobs()).hasSize(1);
    assertThat(vertex.asked()).hasSize(answers);
    assertThat(stub.count()).isEqualTo(verdicts);
  }

  @Test
  void judgesAgainWithOtherJudgesWithoutPreparingOrTuning() throws IOException {
    configure(
        "evaluation: {requestsPerMinute: 100000, judges: [one, two], minimumGainOverBase: 1}\n");
    assertThat(run().exit()).isEqualTo(3);
    long verdicts = stub.count();
    configure(
        "evaluation: {requestsPerMinute: 100000, judges: [one, two], minimumGainOverBase: 0}\n");

    Typed again = run();

    assertThat(again.exit()).as(String.join("\n", again.err())).isZero();
    assertThat(again.out()).contains("prepare   done before: ");
    assertThat(vertex.jobs()).hasSize(1);
    assertThat(stub.count()).isEqualTo(verdicts);
  }

  @Test
  void refusesWithoutJudgesBeforeAnythingIsPaid() throws IOException {
    configure("");
    Typed none = run();
    assertThat(none.exit()).isEqualTo(3);
    assertThat(none.lastLine())
        .isEqualTo(
            "The answers of a conversation dataset are compared by judges, and attune.yaml has"
                + " none: add evaluation.judges. Nothing was paid.");
    assertThat(folder.resolve("datasets")).doesNotExist();
    assertThat(vertex.jobs()).isEmpty();

    configure("evaluation: {judges: [one, two], requestsPerMinute: 100000}\n");
    String yaml = Files.readString(folder.resolve("attune.yaml"));
    Files.writeString(folder.resolve("attune.yaml"), yaml.replace("qwen-four", "gpt-mini"));
    assertThat(run().lastLine())
        .startsWith("All judges are of the family gpt and may share its bias");
    Files.writeString(folder.resolve("attune.yaml"), yaml.replace("qwen-four", "gemini-x"));
    assertThat(run().lastLine()).startsWith("The judge two is of the family gemini, like ");
    assertThat(folder.resolve("datasets")).doesNotExist();
  }

  @Test
  void wantsACapForJudgesThatCostMoreThanADollar() throws IOException {
    configure("evaluation: {judges: [one, two], requestsPerMinute: 100000}\n");
    String yaml =
        Files.readString(folder.resolve("attune.yaml"))
            .replace("qwen-four,", "qwen-four, price: {input: 100, output: 100},");
    Files.writeString(folder.resolve("attune.yaml"), yaml);

    Typed uncapped = run();

    assertThat(uncapped.exit()).isEqualTo(3);
    assertThat(uncapped.lastLine())
        .startsWith("The judges would be asked ")
        .contains("set spending.maxCostUsd, or give --max-cost. Nothing was paid.");
    assertThat(vertex.jobs()).isEmpty();
    Typed capped = run("--max-cost", "0.5");
    assertThat(capped.exit()).isEqualTo(3);
    assertThat(String.join("\n", capped.err())).contains("above the cost cap");
    assertThat(vertex.jobs()).isEmpty();
    Files.writeString(folder.resolve("attune.yaml"), yaml + "spending: {maxCostUsd: 0.1}\n");
    assertThat(run().lastLine()).contains("above the cost cap of US$ 0.1: raise the cap");
    assertThat(vertex.jobs()).isEmpty();
    assertThat(run("--max-cost", "50").exit()).isZero();
  }

  @Test
  void asksNoConsentForVerdictsThatAreKept() throws IOException {
    String gate = "evaluation: {requestsPerMinute: 100000, judges: [one, two], ";
    configure(gate + "minimumGainOverBase: 1}\n");
    price("{input: 100, output: 100}");
    assertThat(run("--max-cost", "50").lastLine()).contains("did not pass the gate");
    long verdicts = stub.count();
    configure(gate + "minimumGainOverBase: 0}\n");
    price("{input: 100, output: 100}");

    Typed again = run();

    assertThat(again.exit()).as(String.join("\n", again.err())).isZero();
    assertThat(stub.count()).isEqualTo(verdicts);
  }

  @Test
  void doesNotTuneWhereJudgesCannotBeAskedOrPaid() throws IOException {
    configure("evaluation: {judges: [one, two], requestsPerMinute: 100000}\n");
    price("{input: 0.01, output: 0.01}");
    assertThat(run().lastLine()).startsWith("The judges would be asked ").contains(" US$ 0.00");

    String yaml = Files.readString(folder.resolve("attune.yaml"));
    Files.writeString(
        folder.resolve("attune.yaml"),
        yaml.replace("model: qwen-four,", "model: qwen-four, apiKeyEnv: KEY_OF_TWO,"));
    assertThat(run("--max-cost", "50").lastLine()).contains("KEY_OF_TWO");
    assertThat(vertex.jobs()).isEmpty();
  }

  /** Gives the second judge a price. */
  private void price(String price) throws IOException {
    String yaml = Files.readString(folder.resolve("attune.yaml"));
    Files.writeString(
        folder.resolve("attune.yaml"),
        yaml.replace("model: qwen-four,", "model: qwen-four, price: " + price + ","));
  }

  @Test
  void doesNotPayAgainForAJobOfAnEarlierCommand() throws IOException {
    configure("evaluation: {judges: [one, two], requestsPerMinute: 100000}\n");
    assertThat(attune("prepare").exit()).isZero();
    String dataset;
    try (var files = Files.walk(folder.resolve("datasets"))) {
      Path manifest =
          files.filter(file -> file.endsWith("manifest.json")).findFirst().orElseThrow();
      dataset = String.valueOf(manifest.getParent());
    }
    vertex.script(JobState.JOB_STATE_RUNNING, JobState.JOB_STATE_SUCCEEDED);
    Typed submitted = attune("tune", dataset, "--no-wait", "--max-cost", "50");
    assertThat(submitted.exit()).as(String.join("\n", submitted.err())).isZero();

    Typed run = run("--max-cost", "0.03");

    assertThat(run.exit()).as(String.join("\n", run.err())).isZero();
    assertThat(vertex.jobs()).hasSize(1);
  }
}
