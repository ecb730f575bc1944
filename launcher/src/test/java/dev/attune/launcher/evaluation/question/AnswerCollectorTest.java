package dev.attune.launcher.evaluation.question;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.attune.config.EvaluationConfig;
import dev.attune.config.EvaluationConfig.Judging;
import dev.attune.config.EvaluationConfig.Metric;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.ExitCode;
import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.evaluation.Notebook;
import dev.attune.launcher.evaluation.Oracle;
import dev.attune.launcher.evaluation.TicketDataset;
import dev.attune.launcher.evaluation.document.ContestantRole;
import dev.attune.launcher.ledger.ModelAnswer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AnswerCollectorTest {
  private static final String DATASET = "sha256:" + "ab".repeat(32);
  private static final int QUESTIONS = 40;
  private static final int PARALLELISM = 4;
  private static final RetryLimits QUICK =
      new RetryLimits(4, Duration.ofMillis(1), Duration.ofMillis(4));

  private final TestShell shell = new TestShell(Path.of("/"));
  private final Notebook notebook = new Notebook();

  private final List<Question> questions =
      IntStream.rangeClosed(1, QUESTIONS)
          .mapToObj(
              n -> new Question(n, "%064x".formatted(n), TicketDataset.example("prompt " + n, "a")))
          .toList();

  @Test
  void asksEveryQuestionOnceAndKeepsTheAnswers() throws Exception {
    Oracle oracle = hosted((prompt, number) -> "to " + prompt);

    Map<String, ModelAnswer> answered = ask(oracle);

    assertThat(oracle.timesAsked()).hasSize(QUESTIONS).allSatisfy((p, times) -> isOne(times));
    assertThat(answered)
        .hasSize(QUESTIONS)
        .containsEntry(questions.get(6).fingerprint(), ModelAnswer.of("to prompt 7"));
    assertThat(notebook.kept(oracle.name(), DATASET)).isEqualTo(answered);
  }

  @Test
  void asksNothingThatWasAnsweredBefore() throws Exception {
    ask(hosted((prompt, number) -> "first"));
    Oracle again = hosted((prompt, number) -> "second");

    Map<String, ModelAnswer> answered = ask(again);

    assertThat(again.asked()).isEmpty();
    assertThat(texts(answered)).containsOnly("first");
  }

  @Test
  void keepsTheAnswersOfOneModelFromThoseOfAnother() throws Exception {
    ask(hosted((prompt, number) -> "x"));
    Oracle other = new Oracle("another", true, (prompt, number) -> "y");

    assertThat(texts(ask(other))).containsOnly("y");
  }

  @Test
  void hasAsManyQuestionsUnderWayAsConfigured() throws Exception {
    CyclicBarrier together = new CyclicBarrier(PARALLELISM);
    Oracle oracle =
        hosted(
            (prompt, number) -> {
              meet(together);
              return "a";
            });

    ask(oracle);

    assertThat(oracle.mostUnderWay()).isEqualTo(PARALLELISM);
  }

  @Test
  void asksAgainWhatMayPass() throws Exception {
    Set<String> failed = ConcurrentHashMap.newKeySet();
    Oracle oracle =
        hosted(
            (prompt, number) -> {
              if (prompt.endsWith("5") && failed.add(prompt)) {
                throw new AskException(true, "The quota is used up.", null);
              }
              return "a";
            });

    assertThat(ask(oracle)).hasSize(QUESTIONS);
    assertThat(oracle.timesAsked()).containsEntry("prompt 5", 2).containsEntry("prompt 6", 1);
  }

  @Test
  void givesUpWhenItDoesNotPass() throws Exception {
    Oracle oracle =
        hosted(
            (prompt, number) -> {
              if (number > 10) {
                throw new AskException(true, "The service is overloaded.", null);
              }
              return "a";
            });

    CommandFailure failure = catchThrowableOfType(CommandFailure.class, () -> ask(oracle));

    assertThat(failure.code().exit()).isEqualTo(ExitCode.INTERNAL_ERROR);
    assertThat(failure)
        .hasMessage(
            "model 3fa9c1d2e4b5-1 did not answer after 4 attempts (The service is overloaded): 10"
                + " of 40 answers are kept; run the same command later to ask for the rest.");
    assertThat(notebook.kept(oracle.name(), DATASET)).hasSize(10);
  }

  @Test
  void stopsAtOnceWhereAskingAgainIsInVain() throws Exception {
    Oracle oracle =
        hosted(
            (prompt, number) -> {
              if (number == 10) {
                throw new AskException(false, "The endpoint is gone: tune again.", null);
              }
              return "a";
            });

    CommandFailure failure = catchThrowableOfType(CommandFailure.class, () -> ask(oracle));

    assertThat(failure.code().exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(failure).hasMessage("The endpoint is gone: tune again.");
    // What was under way when it failed is answered and kept; nothing more is begun once it is
    // known.
    int asked = oracle.asked().size();
    assertThat(asked).isBetween(10, 10 + 3 * PARALLELISM);
    assertThat(notebook.kept(oracle.name(), DATASET)).hasSize(asked - 1);
    assertThat(failure.lines())
        .containsExactly(
            (asked - 1) + " of 40 answers are kept; the same command asks only for the rest.");
  }

  @Test
  void keepsWhyAQuestionFailedAndDoesNotAskItAgain() throws Exception {
    Oracle oracle =
        hosted(
            (prompt, number) -> {
              if (prompt.endsWith("5")) {
                throw AskException.ofQuestion("refused as invalid", "Too long.", null);
              }
              if (prompt.endsWith("6")) {
                throw AskException.ofQuestion("blocked: SAFETY", "Blocked.", null);
              }
              return "a";
            });

    Map<String, ModelAnswer> answered = ask(oracle);

    assertThat(answered.values())
        .filteredOn(ModelAnswer::isFailed)
        .extracting(ModelAnswer::failure)
        .containsOnly("refused as invalid", "blocked: SAFETY")
        .hasSize(8);
    assertThat(answered).hasSize(QUESTIONS);
    assertThat(oracle.timesAsked()).allSatisfy((prompt, times) -> isOne(times));
    int before = oracle.asked().size();
    ask(oracle);
    assertThat(oracle.asked()).hasSize(before);
  }

  @Test
  void keepsNoRefusalWhereTheModelRefusesEverything() {
    Oracle oracle =
        hosted(
            (prompt, number) -> {
              throw AskException.ofQuestion("refused as invalid", "No such field: mend it.", null);
            });

    CommandFailure failure = catchThrowableOfType(CommandFailure.class, () -> ask(oracle));

    assertThat(failure.code().exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(failure)
        .hasMessage(
            "20 questions in a row were refused and none was answered, so the fault is not in the"
                + " questions: No such field: mend it.");
    assertThat(oracle.asked()).hasSizeLessThan(QUESTIONS);
    assertThat(notebook.kept(oracle.name(), DATASET)).isEmpty();
  }

  @Test
  void keepsNoRefusalOfAFewQuestionsWhereNothingWasEverAnswered() {
    Oracle oracle =
        hosted(
            (prompt, number) -> {
              throw AskException.ofQuestion("refused as invalid", "No such field: mend it.", null);
            });

    assertThatThrownBy(() -> ask(oracle, questions.subList(0, 3)))
        .hasMessageStartingWith("3 questions in a row were refused and none was answered");
    assertThat(notebook.kept(oracle.name(), DATASET)).isEmpty();
  }

  @Test
  void keepsBlocksEvenWhereEverythingIsBlocked() throws Exception {
    Oracle oracle =
        hosted(
            (prompt, number) -> {
              throw AskException.ofQuestion("blocked: SAFETY", "Blocked.", null);
            });

    assertThat(ask(oracle).values()).hasSize(QUESTIONS).allMatch(ModelAnswer::isFailed);
  }

  @Test
  void givesUpAQuestionThatFailsWhileOthersAreAnswered() throws Exception {
    Oracle oracle =
        hosted(
            (prompt, number) -> {
              if (prompt.equals("prompt 5") || prompt.equals("prompt 40")) {
                throw new AskException(true, "The service has an error.", null);
              }
              return "a";
            });

    Map<String, ModelAnswer> answered = ask(oracle);

    assertThat(answered.get(questions.get(4).fingerprint()))
        .isEqualTo(ModelAnswer.failed("no answer after 4 attempts"));
    assertThat(answered.get(questions.get(39).fingerprint()))
        .isEqualTo(ModelAnswer.failed("no answer after 4 attempts"));
    assertThat(answered.values()).filteredOn(ModelAnswer::isFailed).hasSize(2);
    // Four attempts, twice; then one that was answered before, to see that the service is up.
    assertThat(oracle.timesAsked()).containsEntry("prompt 5", 8).containsEntry("prompt 40", 8);
    assertThat(oracle.asked()).hasSize(QUESTIONS - 2 + 2 * 8 + 2);
    int before = oracle.asked().size();
    ask(oracle);
    assertThat(oracle.asked()).hasSize(before);
  }

  @Test
  void takesALateAnswerToAQuestionThatFailedAtFirst() throws Exception {
    Set<Integer> attempts = ConcurrentHashMap.newKeySet();
    Oracle oracle =
        hosted(
            (prompt, number) -> {
              if (prompt.equals("prompt 5") && attempts.add(number) && attempts.size() <= 4) {
                throw new AskException(true, "The service has an error.", null);
              }
              return "a";
            });

    assertThat(ask(oracle).values()).hasSize(QUESTIONS).noneMatch(ModelAnswer::isFailed);
  }

  /** One question is left, and nobody can tell whether the service or the question is at fault. */
  @Test
  void failsNoQuestionWhereTheServiceIsDown() throws Exception {
    ask(hosted((prompt, number) -> "a"), questions.subList(0, QUESTIONS - 1));
    Oracle down =
        hosted(
            (prompt, number) -> {
              throw new AskException(true, "The service is down.", null);
            });

    CommandFailure failure = catchThrowableOfType(CommandFailure.class, () -> ask(down));

    assertThat(failure.code().exit()).isEqualTo(ExitCode.INTERNAL_ERROR);
    assertThat(failure).hasMessageContaining("39 of 40 answers are kept");
    assertThat(notebook.kept(down.name(), DATASET)).hasSize(QUESTIONS - 1);
  }

  @Test
  void asksOnlyTheRestAfterACrash() throws Exception {
    Oracle crashing =
        hosted(
            (prompt, number) -> {
              if (number == 17) {
                throw new IllegalStateException("crash");
              }
              return "before";
            });
    assertThatThrownBy(() -> ask(crashing)).hasMessage("crash");
    int kept = notebook.kept(crashing.name(), DATASET).size();
    Oracle again = hosted((prompt, number) -> "after");

    Map<String, ModelAnswer> answered = ask(again);

    // How many others are answered before the crash is known is up to the machine.
    assertThat(kept).isBetween(17 - PARALLELISM, QUESTIONS - 1);
    assertThat(again.asked()).hasSize(QUESTIONS - kept).doesNotHaveDuplicates();
    assertThat(texts(answered)).filteredOn("before"::equals).hasSize(kept);
  }

  @Test
  void keepsToTheRateLimit() throws Exception {
    long start = System.nanoTime();

    ask(hosted((prompt, number) -> "a"), 2_400); // one in 25 ms

    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertThat(took).isGreaterThan(Duration.ofMillis(25L * (QUESTIONS - 2)));
  }

  @Test
  void asksAModelHereWithoutLimitOrRetries() throws Exception {
    Oracle here = new Oracle("here", false, (prompt, number) -> "a");
    assertThat(ask(here, 1)).hasSize(QUESTIONS);
    assertThat(notebook.kept("here", DATASET)).hasSize(QUESTIONS);

    Oracle broken =
        new Oracle(
            "broken",
            false,
            (prompt, number) -> {
              throw new AskException(false, "The model's file is gone: tune again.", null);
            });
    assertThatThrownBy(() -> ask(broken, 1))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("The model's file is gone: tune again.");
    assertThat(shell.err()).isEmpty();
  }

  @Test
  void saysHowLongAHostedModelTakesAtLeast() throws Exception {
    ask(hosted((prompt, number) -> "a"), 2_400);

    assertThat(shell.err())
        .containsExactly(
            "model 3fa9c1d2e4b5-1: 40 questions to ask, 0 answers already kept; at 2,400 questions"
                + " a minute this takes at least 1 s. Each answer is kept when it arrives: if you"
                + " stop the command, run it again to continue.");
  }

  @Test
  void keepsWhatAnyLedgerCanHold() throws Exception {
    Map<String, ModelAnswer> answered = ask(hosted((prompt, number) -> "a\0b"));

    assertThat(texts(answered)).containsOnly("a\uFFFDb");
  }

  private static List<String> texts(Map<String, ModelAnswer> answered) {
    return answered.values().stream().map(ModelAnswer::text).toList();
  }

  private static void isOne(int times) {
    assertThat(times).isEqualTo(1);
  }

  private static void meet(CyclicBarrier together) {
    try {
      together.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Oracle hosted(Oracle.Voice voice) {
    return new Oracle("oracle", true, voice);
  }

  private Map<String, ModelAnswer> ask(Oracle oracle) throws CommandFailure, InterruptedException {
    return ask(oracle, 600_000);
  }

  private Map<String, ModelAnswer> ask(Oracle oracle, int requestsPerMinute)
      throws CommandFailure, InterruptedException {
    return ask(oracle, requestsPerMinute, questions);
  }

  private Map<String, ModelAnswer> ask(Oracle oracle, List<Question> some)
      throws CommandFailure, InterruptedException {
    return ask(oracle, 600_000, some);
  }

  private Map<String, ModelAnswer> ask(Oracle oracle, int requestsPerMinute, List<Question> some)
      throws CommandFailure, InterruptedException {
    EvaluationConfig config =
        new EvaluationConfig(
            Metric.MACRO_F1, 0, 0.05, 0.05, 30, PARALLELISM, requestsPerMinute, Judging.NONE);
    Contestant contestant = new Contestant(ContestantRole.MODEL, "3fa9c1d2e4b5-1", oracle);
    return new AnswerCollector(config, QUICK, shell.shell())
        .collect(contestant, DATASET, some, notebook, List.of());
  }
}
