package dev.attune.launcher.evaluation.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.config.AttuneConfig;
import dev.attune.config.ConfigLoader;
import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.evaluation.EvaluationOrder;
import dev.attune.launcher.evaluation.Oracle;
import dev.attune.launcher.evaluation.TicketDataset;
import dev.attune.launcher.evaluation.Tickets;
import dev.attune.launcher.evaluation.document.ContestantRole;
import dev.attune.launcher.evaluation.question.ModelAddress;
import dev.attune.launcher.evaluation.question.ModelAddress.Tuned;
import dev.attune.launcher.evaluation.question.RetryLimits;
import dev.attune.launcher.judge.FakeJudge;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.ledger.LedgerKind;
import dev.attune.launcher.ledger.Promotions.Entry;
import dev.attune.launcher.promotion.PromotionResult;
import dev.attune.launcher.session.ModelSession;
import dev.attune.launcher.session.ModelSession.Consent;
import dev.attune.models.TextModel;
import dev.attune.schema.CanonicalJson;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.SchemaFile;
import dev.attune.schema.Turn;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Conversations about tickets, models that answer as a test says, and judges. */
abstract class JudgedTickets {
  static final String TWO_JUDGES =
      """
      models:
        one: {provider: openai, model: gpt-six, baseUrl: "http://127.0.0.1:9/v1", requestsPerMinute: 100000}
        two: {provider: openai, model: qwen-four, baseUrl: "http://127.0.0.1:9/v1", requestsPerMinute: 100000}
        three: {provider: openai, model: gpt-mini, baseUrl: "http://127.0.0.1:9/v1", requestsPerMinute: 100000}
      """;
  static final String JUDGING = "judges: [one, two]";

  private static final RetryLimits QUICK =
      new RetryLimits(2, Duration.ofMillis(1), Duration.ofMillis(2));

  @TempDir Path folder;

  final Map<String, TextModel> judges = new HashMap<>();
  final Map<String, Oracle> models = new HashMap<>();
  TestShell shell;
  Ledger ledger;

  /** Set by {@link #configure}. */
  @SuppressWarnings("NullAway.Init")
  AttuneConfig config;

  /** Set by {@link #publish}. */
  @SuppressWarnings("NullAway.Init")
  DatasetDirectory dataset;

  /** Set by {@link #publish}. */
  @SuppressWarnings("NullAway.Init")
  Job job;

  @BeforeEach
  void open() throws Exception {
    shell = new TestShell(folder);
    configure(TWO_JUDGES, JUDGING);
    ledger = Ledger.open(config, shell.shell());
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  void configure(String more, String judging) throws Exception {
    config =
        ConfigLoader.load(
            Files.writeString(
                folder.resolve("attune.yaml"),
                """
                dataset: tickets
                task: conversation
                sources: {generated: {files: [a.jsonl]}}
                output: {directory: build/datasets}
                tuning: {backEnd: local}
                evaluation: {parallelism: 1, requestsPerMinute: 60000, JUDGING}
                """
                        .replace("JUDGING", judging)
                    + LedgerKind.H2.yaml(folder)
                    + more));
  }

  /** Publishes so many validation examples, and a model that was tuned on the training. */
  void publish(int examples) throws Exception {
    List<ExampleLine> valid = new ArrayList<>();
    for (int i = 0; i < examples; i++) {
      valid.add(conversation("secret-text " + i));
    }
    dataset =
        new TicketDataset(folder.resolve("build/datasets"))
            .task("conversation")
            .publish(shell.shell(), List.of(), List.of(conversation("for training")), valid);
    ledger.datasets().enter(dataset);
    job = Tickets.tuned(ledger, dataset, 1);
  }

  private static ExampleLine conversation(String text) {
    return new ExampleLine(
        "Be kind.",
        List.of(
            Turn.user("Hello"),
            Turn.model("Hello, how can I help?"),
            Turn.user(text),
            Turn.model("The true answer to " + text)));
  }

  /** What a model answers. */
  void answers(String id, Oracle.Voice voice) {
    models.put(id, new Oracle(id, true, voice));
  }

  Oracle open(ModelAddress address) {
    String id = address instanceof Tuned tuned ? String.valueOf(tuned.endpoint()) : "base";
    return model(id.replace("endpoints/", ""));
  }

  /** Returns the model of a job, or the base model. */
  Oracle model(String id) {
    return Objects.requireNonNull(models.get(id), id);
  }

  static Entry entry(PromotionResult result) {
    return Objects.requireNonNull(result.entry());
  }

  ConversationResult run() throws Exception {
    return run(job);
  }

  ConversationResult run(Job model) throws Exception {
    EvaluationOrder order =
        new EvaluationOrder(
            model.id(), dataset, EnumSet.of(ContestantRole.BASE, ContestantRole.CHAMPION));
    return new ConversationRun(
            config,
            ledger,
            this::open,
            (configured, book, here, consent) ->
                ModelSession.open(
                    configured,
                    book,
                    here,
                    consent,
                    (judge, env) -> Objects.requireNonNull(judges.get(judge.name()))),
            QUICK,
            shell.shell())
        .run(order, Consent.NONE);
  }

  static JsonNode json(ConversationResult result) throws Exception {
    JsonNode document = CanonicalJson.read(result.document().getBytes(StandardCharsets.UTF_8));
    assertThat(SchemaFile.JUDGED_EVALUATION.validate(document)).isEmpty();
    return document;
  }

  static FakeJudge preferring(String name, String word) {
    return new FakeJudge(name, FakeJudge.preferring(word));
  }
}
