package dev.attune.launcher;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.aiplatform.v1.GenerateContentRequest;
import com.google.cloud.aiplatform.v1.GenerateContentResponse;
import com.google.cloud.aiplatform.v1.JobState;
import dev.attune.launcher.RequestLog.Asked;
import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.emulator.VertexEmulator;
import dev.attune.launcher.ledger.LedgerKind;
import dev.attune.launcher.tuning.Launcher;
import dev.attune.pipeline.PrepareDataset;
import dev.attune.testing.modelapi.ModelPrompt;
import dev.attune.testing.modelapi.ModelStub;
import dev.attune.testing.modelapi.ScriptedAnswer;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code attune run} and {@code attune evaluate} as processes on a conversation dataset, ended by
 * kill -9 while they improve answers, ask the compared models, let judges compare and write the
 * evaluation. Run by .ci/checks/evaluate-killed.sh; {@code target/killed-model-calls.txt} has the
 * list.
 */
class KilledModelCallsIT {
  private static final int PARALLELISM = 3;
  private static final int ROWS = 30;
  private static final int SAMPLES = 240;
  private static final List<String> WORDS =
      List.of("amber", "birch", "cedar", "dune", "ember", "fjord", "grove", "heath", "inlet");
  private static final List<String> REPORT = new ArrayList<>();

  @TempDir private Path folder;

  private final RequestLog log = new RequestLog();
  private VertexEmulator vertex;
  private ModelStub stub;

  @BeforeEach
  void start() throws IOException {
    startVertex();
    stub = ModelStub.start();
    stub.script(
        prompt -> {
          boolean isWriter = prompt.model().startsWith("writer");
          log.arrived(isWriter ? Asked.WRITER : Asked.JUDGE, prompt.model() + " " + prompt.body());
          return isWriter ? improved(prompt) : judged(prompt);
        });
  }

  private void startVertex() throws IOException {
    vertex = VertexEmulator.start();
    vertex.script(JobState.JOB_STATE_SUCCEEDED);
    vertex.answer(
        request -> {
          log.arrived(Asked.MODEL, request.toString());
          return answer(request);
        });
  }

  @AfterEach
  void stop() {
    vertex.close();
    stub.close();
  }

  @AfterAll
  static void report() throws IOException {
    Files.createDirectories(Path.of("target"));
    Files.write(Path.of("target/killed-model-calls.txt"), REPORT);
  }

  /** The newest tuned model is better than the one before, and that one than the base. */
  private GenerateContentResponse answer(GenerateContentRequest request) {
    int turns = request.getContentsCount();
    String asked = request.getContents(turns - 1).getParts(0).getText();
    String newest = vertex.jobs().get(0).getTunedModel().getEndpoint();
    String endpoint = request.getModel().substring(request.getModel().lastIndexOf('/'));
    String words =
        request.getModel().contains("/publishers/")
            ? "No idea, "
            : newest.endsWith(endpoint) && vertex.jobs().size() > 1 ? "Very gladly, " : "Gladly, ";
    return VertexEmulator.reply(words + asked);
  }

  private static ScriptedAnswer improved(ModelPrompt prompt) {
    int at = prompt.lastText().indexOf("Question number ");
    String question = prompt.lastText().substring(at).lines().findFirst().orElseThrow();
    return ScriptedAnswer.of("This is a much better answer to: " + question);
  }

  private static ScriptedAnswer judged(ModelPrompt prompt) {
    try {
      JsonNode pair = new ObjectMapper().readTree(prompt.lastText());
      int first = rank(pair.get("answer_a").asText());
      int second = rank(pair.get("answer_b").asText());
      return ScriptedAnswer.of("{\"better\": \"" + (first > second ? "a" : "b") + "\"}");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int rank(String answer) {
    return answer.startsWith("Very") ? 2 : answer.startsWith("Gladly") ? 1 : 0;
  }

  private static String words(int number) {
    StringBuilder words = new StringBuilder();
    for (int rest = number + 81; rest > 0; rest /= WORDS.size()) {
      words.append(WORDS.get(rest % WORDS.size())).append(' ');
    }
    return words.toString().strip();
  }

  /** Makes a project with a champion, and new samples and low-rated answers after that. */
  private Path project(String name) throws Exception {
    Path project = Files.createDirectory(folder.resolve(name));
    samples(project, SAMPLES);
    configure(project, "");
    typed(project, "run");
    samples(project, 2 * SAMPLES);
    try (Connection feedback =
            DriverManager.getConnection("jdbc:h2:file:" + project.resolve("feedback"), "sa", "");
        Statement statement = feedback.createStatement()) {
      statement.execute(
          "CREATE TABLE answers AS SELECT x AS id, 'Question number ' || x || '?' AS prompt,"
              + " 'Stones, ' || x AS response, 1 AS rating, 'Say why.' AS comment"
              + " FROM SYSTEM_RANGE(1, "
              + ROWS
              + ")");
    }
    configure(
        project,
        """
          feedback:
            jdbcUrl: "jdbc:h2:file:./feedback"
            username: sa
            table: answers
            columns: {id: id, prompt: prompt, response: response, rating: rating, comment: comment}
            improvements: improvements/*.jsonl
        """);
    log.clear();
    return project;
  }

  private static void samples(Path project, int count) throws IOException {
    StringBuilder samples = new StringBuilder();
    for (int i = 0; i < count; i++) {
      String asked = words(i) + " question " + i;
      samples.append(
          """
          {"id": "s%d", "quality": 9, "turns": [{"role": "user", "text": "Tell me about %s"}, \
          {"role": "model", "text": "A helpful answer on %s."}]}
          """
              .formatted(i, asked, asked));
    }
    Files.writeString(project.resolve("samples.jsonl"), samples);
  }

  private void configure(Path project, String feedback) throws IOException {
    String model =
        "{provider: openai, model: %s, requestsPerMinute: 100000, parallelism: "
            + PARALLELISM
            + ", baseUrl: \""
            + stub.openAiUrl()
            + "\"}";
    Files.writeString(
        project.resolve("attune.yaml"),
        """
        dataset: talks
        task: conversation
        sources:
          generated: {files: [samples.jsonl]}
        FEEDBACKduplicates: {near: false}
        split: {validation: 0.2, by: record, seed: "1"}
        output: {directory: datasets, format: gemini}
        tuning: {backEnd: vertex, project: p, location: us-central1, baseModel: gemini-3.5-flash,
          bucket: "gs://attune-test/tuning", plaintext: true, endpoint: "%s", storageEndpoint: "%s",
          createGrace: 20s, callDeadline: 20s}
        models:
          writer: %s
          one: %s
          two: %s
        evaluation: {judges: [one, two], requestsPerMinute: 100000, parallelism: %d}
        IMPROVEMENT
        """
                .formatted(
                    vertex.endpoint(),
                    vertex.storageEndpoint(),
                    model.formatted("writer-one"),
                    model.formatted("gpt-six"),
                    model.formatted("qwen-four"),
                    PARALLELISM)
                .replace("FEEDBACK", feedback)
                .replace("IMPROVEMENT", feedback.isEmpty() ? "" : "improvement: {model: writer}")
            + LedgerKind.H2.yaml(project));
  }

  /** Types a command, which must succeed, in this process. */
  private static void typed(Path project, String... arguments) {
    Typed typed = Typed.attune(new TestShell(project), PrepareDataset::run, arguments);
    assertThat(typed.exit()).as(String.join("\n", typed.err())).isZero();
  }

  @Test
  void asksNothingTwiceButWhatWasUnderWay() throws Exception {
    Path whole = project("whole");
    typed(whole, "run");
    Map<Asked, Integer> all = new TreeMap<>();
    for (Asked asked : Asked.values()) {
      all.put(asked, log.different(asked));
    }
    assertThat(log.takeRepeated()).isZero();
    assertThat(all).containsEntry(Asked.WRITER, ROWS);
    vertex.close();
    startVertex();
    Path project = project("killed");

    int answers = requireNonNull(all.get(Asked.MODEL));
    kill(project, Asked.WRITER, ROWS / 2, "run");
    kill(project, Asked.MODEL, 1, "run");
    kill(project, Asked.MODEL, answers / 2, "run");
    kill(project, Asked.MODEL, answers, "run");
    String[] evaluate = evaluation(project);
    int verdicts = requireNonNull(all.get(Asked.JUDGE));
    kill(project, Asked.JUDGE, 1, evaluate);
    kill(project, Asked.JUDGE, verdicts / 4, evaluate);
    kill(project, Asked.JUDGE, verdicts / 2, "run");
    kill(project, Asked.JUDGE, verdicts, evaluate);
    killWhileItWrites(project, evaluate);
    typed(project, evaluate);
    assertThat(files(project)).isEqualTo(files(whole)).hasSize(5);
    succeed(project, "run");

    for (Asked asked : Asked.values()) {
      assertThat(log.different(asked)).as(asked.name()).isEqualTo(all.get(asked));
    }
    typed(project, "run");
    assertThat(log.takeRepeated()).isZero();
    assertThat(files(project)).isEqualTo(files(whole));
    REPORT.add(all + " requests; the files of an undisturbed run");
  }

  /** Returns the command that evaluates the model of the dataset that was prepared last. */
  private static String[] evaluation(Path project) throws IOException {
    Typed jobs = Typed.attune(new TestShell(project), PrepareDataset::run, "jobs", "--json");
    JsonNode newest = new ObjectMapper().readTree(jobs.out()).findValues("id").get(0);
    try (Stream<Path> datasets = Files.list(project.resolve("datasets/talks"))) {
      Path dataset =
          datasets
              .filter(each -> Files.exists(each.resolve("manifest.json")))
              .max((one, other) -> modified(one).compareTo(modified(other)))
              .orElseThrow();
      return new String[] {"evaluate", newest.asText(), "--dataset", dataset.toString()};
    }
  }

  private static Long modified(Path dataset) {
    return dataset.resolve("manifest.json").toFile().lastModified();
  }

  private void kill(Path project, Asked asked, int count, String... command) throws Exception {
    Launcher launcher = Launcher.start(project, command);
    log.kill(launcher, asked, count);
    launcher.await();
    String what = command[0] + " killed at " + asked + " " + count;
    assertThat(launcher.wasKilled()).as(what + ": " + launcher.err()).isTrue();
    requireFewRepeated(what);
  }

  /** Kills it as soon as the page is there, which is written before the document. */
  private void killWhileItWrites(Path project, String... command) throws Exception {
    int before = evaluated(project);
    Launcher launcher = Launcher.start(project, command);
    while (launcher.isRunning() && evaluated(project) == before) {
      Thread.onSpinWait();
    }
    launcher.kill();
    launcher.await();
    boolean isWritten = files(project).size() % 2 == 1; // and the improvements
    requireFewRepeated(command[0] + " killed " + (isWritten ? "after" : "while") + " it wrote");
  }

  private void succeed(Path project, String... command) throws Exception {
    Launcher launcher = Launcher.start(project, command);
    launcher.await();
    assertThat(launcher.exit()).as(launcher.err()).isZero();
    requireFewRepeated(command[0] + " at its end");
  }

  private void requireFewRepeated(String what) {
    int repeated = log.takeRepeated();
    assertThat(repeated).as(what).isLessThanOrEqualTo(PARALLELISM);
    REPORT.add(what + ": " + repeated + " requests sent again");
  }

  private static int evaluated(Path project) throws IOException {
    return (int) files(project).keySet().stream().filter(name -> name.endsWith(".html")).count();
  }

  /**
   * The evaluations and improvements of a project. Other files, such as the ledger's lock, may come
   * and go while a command runs: they are passed over.
   */
  private static Map<String, String> files(Path project) throws IOException {
    Map<String, String> files = new TreeMap<>();
    Files.walkFileTree(
        project,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            String name = project.relativize(file).toString();
            if (name.matches("(.*/)?evaluation\\.(json|html)|improvements/.*")) {
              files.put(name, Files.readString(file));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException exception)
              throws IOException {
            if (exception instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw exception;
          }
        });
    return files;
  }
}
