package dev.attune.launcher.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.config.EvaluationConfig;
import dev.attune.config.EvaluationConfig.Metric;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.SteppedTicker;
import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.evaluation.document.ContestantRole;
import dev.attune.launcher.evaluation.question.AnswerCollector;
import dev.attune.launcher.evaluation.question.AskException;
import dev.attune.launcher.evaluation.question.Contestant;
import dev.attune.launcher.evaluation.question.Question;
import dev.attune.launcher.evaluation.question.RetryLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a person sees while models are asked. */
@Timeout(30)
class AskingProgressTest {
  private static final RetryLimits LONG =
      new RetryLimits(7, Duration.ofSeconds(20), Duration.ofSeconds(32));

  private final TestShell shell = new TestShell(Path.of("/"));
  private final SteppedTicker time = new SteppedTicker();
  private final List<Question> questions =
      IntStream.rangeClosed(1, 40)
          .mapToObj(
              n -> new Question(n, "%064x".formatted(n), TicketDataset.example("prompt " + n, "a")))
          .toList();

  private void ask(Oracle oracle) throws CommandFailure, InterruptedException {
    EvaluationConfig config =
        new EvaluationConfig(
            Metric.MACRO_F1, 0, 0.05, 0.05, 30, 1, 600_000, EvaluationConfig.Judging.NONE);
    new AnswerCollector(config, LONG, time.with(shell.shell()))
        .collect(
            new Contestant(ContestantRole.MODEL, "3fa9c1d2e4b5-1", oracle),
            "sha256:" + "ab".repeat(32),
            questions,
            new Notebook(),
            List.of("the base", "the champion"));
  }

  private String slowly(int number) {
    if (number == 11) {
      time.pass(3);
    } else if (number == 31) {
      time.pass(10);
    }
    return "a";
  }

  @Test
  void showsHowManyOfTheAnswersAreThereAndForHowLongItGoesOn() throws Exception {
    ask(new Oracle("oracle", false, (prompt, number) -> slowly(number)));

    assertThat(shell.err())
        .containsExactly(
            "Asking model 3fa9c1d2e4b5-1: 10 of 40 answers, 3 a second, 9 s left;"
                + " next: the base, the champion",
            "Asking model 3fa9c1d2e4b5-1: 30 of 40 answers, 2 a second, 4 s left;"
                + " next: the base, the champion");
  }

  @Test
  void showsTheSameOfAHostedModel() throws Exception {
    ask(new Oracle("oracle", true, (prompt, number) -> slowly(number)));

    assertThat(shell.err().subList(1, shell.err().size()))
        .containsExactly(
            "Asking model 3fa9c1d2e4b5-1: 10 of 40 answers, 3 a second, 9 s left;"
                + " next: the base, the champion",
            "Asking model 3fa9c1d2e4b5-1: 30 of 40 answers, 2 a second, 4 s left;"
                + " next: the base, the champion");
  }

  @Test
  void saysUntilWhenItWaitsForQuota() throws Exception {
    Oracle throttled =
        new Oracle(
            "oracle",
            true,
            (prompt, number) -> {
              throw AskException.ofService("Vertex AI refused for quota", "The quota is up.", null);
            });
    Thread asking =
        new Thread(
            () -> {
              try {
                ask(throttled);
              } catch (CommandFailure | InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    asking.start();
    try {
      while (shell.err().stream().noneMatch(line -> line.contains("waiting until"))) {
        Thread.sleep(5);
      }
    } finally {
      asking.interrupt();
      asking.join();
    }

    assertThat(shell.lastLine())
        .matches(
            "Asking model 3fa9c1d2e4b5-1: Vertex AI refused for quota; waiting until 00:00:\\d\\d"
                + " UTC \\(try 2 of 7\\)")
        .doesNotContain("again");
    assertThat(throttled.asked()).hasSize(1);
  }
}
