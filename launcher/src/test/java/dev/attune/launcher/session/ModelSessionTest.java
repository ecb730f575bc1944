package dev.attune.launcher.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.attune.config.AttuneConfig;
import dev.attune.config.ConfigLoader;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.ledger.LedgerKind;
import dev.attune.launcher.session.ModelSession.Consent;
import dev.attune.launcher.session.ModelSession.Services;
import dev.attune.models.ModelException;
import dev.attune.models.ModelException.Kind;
import dev.attune.models.ModelRequest;
import dev.attune.models.Sampling;
import dev.attune.models.TextModel;
import dev.attune.models.call.RetryRules;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelSessionTest {
  private static final RetryRules QUICK =
      new RetryRules(2, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(20), 5);

  /** An answer of 1,000 and 100 tokens costs 3 cents: 1 + 2. */
  private static final String MODELS =
      """
      models:
        writer: {provider: gemini, model: g, apiKeyEnv: NAME, temperature: 0.9, maxOutputTokens: 1000, requestsPerMinute: 100000, price: {input: 10, output: 200}}
        here: {provider: openai, baseUrl: "http://127.0.0.1:1/v1", model: small, parallelism: 7, requestsPerMinute: 100000}
        unpriced: {provider: openai, baseUrl: "https://proxy.example/v1", model: gpt-6-luna}
        keyless: {provider: gemini, model: gemini-3.8-flash, apiKeyEnv: NOT_SET}
        ended: {provider: gemini, model: gemini-2.5-flash, apiKeyEnv: NAME}
        taped: {provider: openai, baseUrl: "http://127.0.0.1:1/v1", model: small, requestsPerMinute: 100000, recordTo: tape/a.jsonl}
        replay: {provider: recorded, files: tape/*.jsonl}
        tuned: {provider: champion, fallback: here}
      """;

  @TempDir private Path folder;
  private final EchoAdapter adapter = new EchoAdapter();
  private final List<String> asked = new ArrayList<>();
  private TestShell shell = new TestShell(Path.of("/"));
  private @Nullable Boolean answer;

  /** Works with a session. */
  @FunctionalInterface
  private interface Work {
    void with(ModelSession session) throws Exception;
  }

  private void session(Consent consent, Work work) throws Exception {
    session(LedgerKind.H2, "", consent, work);
  }

  private void session(LedgerKind kind, String more, Consent consent, Work work) throws Exception {
    shell = new TestShell(folder);
    Files.writeString(
        folder.resolve("attune.yaml"),
        "dataset: talk\ntask: conversation\nsources: {generated: {files: [a.jsonl]}}\n"
            + kind.yaml(folder)
            + MODELS
            + more);
    AttuneConfig config = ConfigLoader.load(folder.resolve("attune.yaml"));
    Shell inner = shell.shell();
    CostQuestion question =
        new CostQuestion() {
          @Override
          public boolean isPossible() {
            return answer != null;
          }

          @Override
          public boolean agrees(String sentence) {
            asked.add(sentence);
            return Boolean.TRUE.equals(answer);
          }
        };
    try (Ledger ledger = Ledger.open(config, inner);
        ModelSession session =
            ModelSession.open(
                config, ledger, inner, consent, new Services(adapter, QUICK, question))) {
      work.with(session);
    }
  }

  private static ModelRequest request(int number) {
    return ModelRequest.of(null, "question " + number, Sampling.DEFAULT);
  }

  private static List<PlannedRequests> planned(String model, int count) {
    return List.of(
        new PlannedRequests(
            model, IntStream.range(0, count).mapToObj(ModelSessionTest::request).toList()));
  }

  private static CommandFailure failure(ThrowingCallable call) {
    CommandFailure e = catchThrowableOfType(CommandFailure.class, call);
    assertThat(e).isNotNull();
    return e;
  }

  private static Consent cap(String usd) {
    return new Consent(false, new BigDecimal(usd), false);
  }

  @ParameterizedTest
  @EnumSource
  void keepsAnswersInTheLedgerForTheNextCommand(LedgerKind kind) throws Exception {
    List<String> texts = new ArrayList<>();
    for (int command = 0; command < 2; command++) {
      session(
          kind,
          "",
          Consent.NONE,
          session -> {
            TextModel model = session.model("writer");
            texts.add(model.ask(request(1)).text());
            texts.add(model.ask(request(1).withCandidate(1)).text());
          });
    }
    session(
        kind,
        "",
        new Consent(true, null, false),
        session -> texts.add(session.model("writer").ask(request(1)).text()));
    session(
        kind,
        "",
        Consent.NONE,
        session -> texts.add(session.model("writer").ask(request(1)).text()));

    assertThat(texts).containsExactly("g 1", "g 2", "g 1", "g 2", "g 3", "g 3");
  }

  @Test
  void fillsWhatARequestLeavesOpen() throws Exception {
    session(
        Consent.NONE,
        session -> {
          session.model("writer").ask(request(1));
          session.model("writer").ask(ModelRequest.of(null, "q", new Sampling(0.0, 5, 1, "off")));
          assertThat(session.sampling("writer")).isEqualTo(new Sampling(0.9, 1000, null, null));
          assertThat(session.parallelism("here")).isEqualTo(7);
        });

    assertThat(adapter.requests())
        .extracting(ModelRequest::sampling)
        .containsExactly(new Sampling(0.9, 1000, null, null), new Sampling(0.0, 5, 1, "off"));
  }

  @Test
  void saysWhatACommandCost() throws Exception {
    session(
        Consent.NONE,
        session -> {
          assertThat(session.costSentence()).isEmpty();
          session.model("writer").ask(request(1));
          session.model("writer").ask(request(2));
          session.model("writer").ask(request(1));

          assertThat(session.spent()).isEqualByComparingTo("0.06");
          assertThat(session.costSentence())
              .contains(
                  "Spent US$ 0.0600: 2 answers from writer (2,000 input and 200 output tokens); 1"
                      + " answer kept already.");
        });
    session(
        Consent.NONE,
        session -> {
          session.model("writer").ask(request(1));
          assertThat(session.spent()).isZero();
          assertThat(session.costSentence())
              .contains("Spent nothing: no model was asked; 1 answer kept already.");
        });
  }

  @Test
  void stopsAtTheCapAndGoesOnWithAHigherOne() throws Exception {
    // A request reserves 20 cents for its answer.
    session(
        cap("0.25"),
        session -> {
          TextModel model = session.model("writer");
          model.ask(request(1));
          ModelException e = catchThrowableOfType(ModelException.class, () -> askAll(model, 2, 9));
          assertThat(e.kind()).isEqualTo(Kind.SPENDING);
          assertThat(ModelFailure.of(e).code()).isEqualTo(FailureCode.COST);
        });
    int paid = adapter.calls();
    assertThat(paid).isBetween(1, 3);
    session(cap("9"), session -> askAll(session.model("writer"), 1, 9));

    assertThat(adapter.calls()).isEqualTo(9);
  }

  private static void askAll(TextModel model, int from, int to) throws Exception {
    for (int i = from; i <= to; i++) {
      model.ask(request(i));
    }
  }

  @Test
  void theOptionOverridesTheCapOfTheConfiguration() throws Exception {
    session(
        LedgerKind.H2,
        "spending: {maxCostUsd: 0.01}\n",
        Consent.NONE,
        session ->
            assertThat(
                    catchThrowableOfType(
                        ModelException.class, () -> session.model("writer").ask(request(1))))
                .hasMessageContaining("US$ 0.01"));
    session(
        LedgerKind.H2,
        "spending: {maxCostUsd: 0.01}\n",
        cap("1"),
        session -> session.model("writer").ask(request(1)));

    assertThat(adapter.calls()).isEqualTo(1);
  }

  @Test
  void withoutATerminalACapOrYesIsConsent() throws Exception {
    session(
        Consent.NONE,
        session -> {
          CommandFailure refused = failure(() -> session.agree(planned("writer", 1)));
          assertThat(refused.code()).isEqualTo(FailureCode.COST);
          assertThat(refused).hasMessageContaining("set spending.maxCostUsd in attune.yaml");
          // Costs nothing, so nobody has to agree.
          session.agree(planned("here", 100));
        });
    session(cap("0.1"), session -> session.agree(planned("writer", 50)));
    assertThat(shell.err())
        .containsExactly(
            "writer: 50 requests, up to 1,040 input and 50,000 output tokens, at most US$ 10.02.");
    session(new Consent(false, null, true), session -> session.agree(planned("writer", 50)));
    session(
        LedgerKind.H2,
        "spending: {maxCostUsd: 3}\n",
        Consent.NONE,
        session -> session.agree(planned("writer", 50)));
    assertThat(asked).isEmpty();
  }

  @Test
  void aTerminalIsAskedAboveOneDollar() throws Exception {
    answer = true;
    session(
        Consent.NONE,
        session -> {
          session.agree(planned("writer", 3));
          assertThat(asked).isEmpty();
          session.agree(planned("writer", 6));
          assertThat(asked).containsExactly("This may cost up to US$ 1.21. Go on?");
        });
    answer = false;
    session(
        cap("99"),
        session ->
            assertThat(failure(() -> session.agree(planned("writer", 6))))
                .hasMessageStartingWith("Nothing was asked: you declined"));
    session(new Consent(false, null, true), session -> session.agree(planned("writer", 6)));
    assertThat(asked).hasSize(2);
  }

  @Test
  void doesNotEstimateAnswersThatAreKept() throws Exception {
    session(new Consent(false, null, true), session -> askAll(session.model("writer"), 0, 3));
    session(
        Consent.NONE,
        session -> {
          session.agree(planned("writer", 4));
          assertThat(shell.err()).isEmpty();
        });
    session(cap("9"), session -> session.agree(planned("writer", 5)));
    assertThat(shell.err())
        .singleElement()
        .asString()
        .startsWith("writer: 1 request (4 answers kept already), up to 20 input and 1,000 output");
  }

  @Test
  void refusesModelsThatItCannotAsk() throws Exception {
    session(
        Consent.NONE,
        session -> {
          assertThat(failure(() -> session.model("unpriced")))
              .hasMessageStartingWith(
                  "The price of gpt-6-luna is not known: add price: to unpriced")
              .extracting(CommandFailure::code)
              .isEqualTo(FailureCode.COST);
          assertThat(failure(() -> session.model("keyless")))
              .hasMessage("NOT_SET is not set: set it.")
              .extracting(CommandFailure::code)
              .isEqualTo(FailureCode.MODEL);
          assertThat(failure(() -> session.model("writter")))
              .hasMessage("There is no model writter: did you mean writer?");
          assertThat(failure(() -> session.model("zzzzzzz")))
              .hasMessageStartingWith("There is no model zzzzzzz: attune.yaml has writer, here,");
          assertThat(failure(() -> session.model("replay")))
              .hasMessageStartingWith("There is no file tape/*.jsonl with recorded answers");
        });
  }

  @Test
  void warnsOfAModelThatHasEnded() throws Exception {
    shell = new TestShell(folder);
    session(Consent.NONE, session -> session.model("ended"));

    // The clock of the tests stands in 1970, before the end.
    assertThat(shell.err()).isEmpty();
  }

  @Test
  void recordsToAFileThatProviderRecordedReplays() throws Exception {
    List<String> texts = new ArrayList<>();
    session(Consent.NONE, session -> session.model("here").ask(request(1)));
    session(
        Consent.NONE,
        session -> {
          // The first answer is kept in the ledger already, and comes into the file, too.
          texts.add(session.model("taped").ask(request(1)).text());
          texts.add(session.model("taped").ask(request(2)).text());
        });
    session(
        Consent.NONE,
        session -> {
          texts.add(session.model("replay").ask(request(1)).text());
          texts.add(session.model("replay").ask(request(2)).text());
          assertThat(
                  catchThrowableOfType(
                      ModelException.class, () -> session.model("replay").ask(request(3))))
              .hasMessageStartingWith("There is no recorded answer 0 of small to this request");
        });

    assertThat(texts).containsExactly("small 1", "small 2", "small 1", "small 2");
    assertThat(adapter.calls()).isEqualTo(2);
  }

  @Test
  void aChampionWithoutAModelInUseFallsBackAndSaysWhy() throws Exception {
    session(
        Consent.NONE,
        session -> {
          assertThat(session.model("tuned").ask(request(1)).fallback())
              .isEqualTo("no model of talk is in use yet");
          session.agree(planned("tuned", 9));
        });
  }

  @Test
  void asksOnTheTerminalAndTakesOnlyYes() throws Exception {
    Map<String, Boolean> typed =
        Map.of(
            "y\n", true, " YES \n", true, "n\n", false, "\n", false, "maybe\n", false, "yy\n",
            false);
    for (Map.Entry<String, Boolean> each : typed.entrySet()) {
      TestShell terminal = new TestShell(folder);
      ByteArrayInputStream in =
          new ByteArrayInputStream((each.getKey() + "next").getBytes(StandardCharsets.UTF_8));
      boolean agreed = new TerminalQuestion(terminal.shell(), in, true).agrees("Go on?");
      assertThat(agreed).as(each.getKey()).isEqualTo(each.getValue());
      assertThat(terminal.lastLine()).isEqualTo("Go on? [y/N] ");
    }
  }
}
