package dev.attune.launcher.evaluation.question;

import static dev.attune.page.FigureText.count;

import dev.attune.config.EvaluationConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.console.progress.Amount;
import dev.attune.launcher.console.progress.Progress;
import dev.attune.launcher.console.progress.TimeOfDay;
import dev.attune.launcher.ledger.ModelAnswer;
import dev.attune.message.Messages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * Collects the answers of models to questions; asks only those without a kept answer. Several
 * threads ask at once. Each answer of a hosted model is kept before the same thread asks the next
 * question, so that a killed process loses only the questions in progress. Answers of a model in
 * this process cost nothing and are kept together at the end.
 */
public final class AnswerCollector {
  /** Shorter waits are over before a person has read about them. */
  private static final Duration SHORTEST_WAIT_SHOWN = Duration.ofSeconds(3);

  private final EvaluationConfig config;
  private final RetryLimits retries;
  private final Shell shell;

  public AnswerCollector(EvaluationConfig config, RetryLimits retries, Shell shell) {
    this.config = config;
    this.retries = retries;
    this.shell = shell;
  }

  /**
   * Returns the outcome of every question by the fingerprint of its example: an answer, or a
   * failure that is final.
   *
   * @param dataset fingerprint of the dataset
   * @param next titles of the models that are asked afterwards, for the progress line
   * @throws CommandFailure if the model cannot be asked or the service is down; answers received
   *     until then are kept
   */
  public Map<String, ModelAnswer> collect(
      Contestant contestant,
      String dataset,
      List<Question> questions,
      AnswerStore store,
      List<String> next)
      throws CommandFailure, InterruptedException {
    AnsweringModel model = contestant.model();
    Map<String, ModelAnswer> kept = store.kept(model.name(), dataset);
    List<Question> open = new ArrayList<>();
    Question control = null;
    for (Question question : questions) {
      ModelAnswer answer = kept.get(question.fingerprint());
      if (answer == null) {
        open.add(question);
      } else if (!answer.isFailed()) {
        control = question;
      }
    }
    if (open.isEmpty()) {
      return kept;
    }
    int before = questions.size() - open.size();
    if (model.isHosted()) {
      announce(contestant, open.size(), before);
    }
    Amount amount = Amount.of(open.size(), "answers");
    try (Progress step =
        Progress.start(shell, asking(contestant), amount, next.toArray(String[]::new))) {
      step.accept(0);
      if (model.isHosted()) {
        BiConsumer<Question, ModelAnswer> keeper =
            (question, answer) ->
                store.keep(model.name(), dataset, Map.of(question.fingerprint(), storable(answer)));
        QuestionOutcomes outcomes =
            new QuestionOutcomes(control, threads(open), retries.attempts(), keeper, step::accept);
        askHosted(contestant, open, before, outcomes, step);
      } else {
        store.keep(model.name(), dataset, askInProcess(model, open, step));
      }
    }
    // Read again: another process that asked the same question may have kept its answer first.
    return store.kept(model.name(), dataset);
  }

  private void askHosted(
      Contestant contestant,
      List<Question> open,
      int before,
      QuestionOutcomes outcomes,
      Progress progress)
      throws CommandFailure, InterruptedException {
    QuestionPool pool = new QuestionPool(open, outcomes);
    HostedModel model =
        new HostedModel(
            contestant.model(),
            config.requestsPerMinute(),
            retries,
            pool::isStopped,
            (fault, time, attempt) -> showWait(progress, contestant, fault, time, attempt));
    try {
      pool.ask(model, threads(open));
    } catch (AskException e) {
      throw failure(contestant, e, before + outcomes.kept(), before + open.size());
    }
  }

  private static String asking(Contestant contestant) {
    return "Asking " + contestant.title();
  }

  private void showWait(
      Progress progress, Contestant contestant, AskException fault, Duration time, int attempt) {
    if (time.compareTo(SHORTEST_WAIT_SHOWN) < 0) {
      return;
    }
    progress.sayNowAndThen(
        "%s: %s; waiting until %s (try %d of %d)"
            .formatted(
                asking(contestant),
                fault.reason().isEmpty() ? "it did not answer" : fault.reason(),
                TimeOfDay.utc(shell.clock().instant().plus(time)),
                attempt,
                retries.attempts()));
  }

  private Map<String, ModelAnswer> askInProcess(
      AnsweringModel model, List<Question> open, Progress progress)
      throws CommandFailure, InterruptedException {
    Map<String, ModelAnswer> answers = new ConcurrentHashMap<>();
    QuestionOutcomes outcomes =
        new QuestionOutcomes(
            null,
            threads(open),
            1,
            (question, answer) -> answers.put(question.fingerprint(), storable(answer)),
            progress::accept);
    try {
      new QuestionPool(open, outcomes).ask(model::answer, threads(open));
    } catch (AskException e) {
      throw new CommandFailure(FailureCode.BACK_END, String.valueOf(e.getMessage()), e);
    }
    return answers;
  }

  private int threads(List<Question> open) {
    return Math.min(config.parallelism(), open.size());
  }

  private void announce(Contestant contestant, int open, int before) {
    long seconds = Math.max(1, 60L * open / config.requestsPerMinute());
    String time = seconds < 120 ? seconds + " s" : Math.round(seconds / 60.0) + " minutes";
    shell
        .err()
        .println(
            Messages.of(
                "launcher.evaluation.begins",
                contestant.title(),
                count(open),
                count(before),
                count(config.requestsPerMinute()),
                time));
  }

  private CommandFailure failure(Contestant contestant, AskException fault, int kept, int all) {
    String cause = String.valueOf(fault.getMessage());
    if (!fault.isTransient()) {
      String line = Messages.of("launcher.evaluation.kept", count(kept), count(all));
      return new CommandFailure(FailureCode.BACK_END, List.of(line), cause, fault);
    }
    return new CommandFailure(
        FailureCode.UNAVAILABLE,
        Messages.of(
            "launcher.evaluation.no-answer",
            contestant.title(),
            retries.attempts(),
            cause.replaceFirst("\\.$", ""),
            count(kept),
            count(all)),
        fault);
  }

  /** Replaces the one character that PostgreSQL cannot store; no category has it. */
  private static ModelAnswer storable(ModelAnswer answer) {
    return new ModelAnswer(answer.text().replace('\0', '\uFFFD'), answer.failure());
  }
}
