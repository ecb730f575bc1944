package dev.attune.launcher.evaluation;

import dev.attune.config.EvaluationConfig;
import dev.attune.launcher.console.Amount;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Progress;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.console.TimeOfDay;
import dev.attune.launcher.ledger.ModelAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks models what is not answered yet, several questions at once. An answer of a hosted model is
 * kept before the thread that got it asks the next question, so that a kill at any moment loses no
 * more than the questions under way. The answers of a model in this process cost nothing; they are
 * kept together at the end.
 */
public final class Asking {
  private static final Duration SAID_FROM = Duration.ofSeconds(3);

  private final EvaluationConfig config;
  private final Patience patience;
  private final Shell shell;

  public Asking(EvaluationConfig config, Patience patience, Shell shell) {
    this.config = config;
    this.patience = patience;
    this.shell = shell;
  }

  /**
   * What a model answered to all questions.
   *
   * @param answers by the fingerprint of the example, as they are kept; those that failed for good
   *     among them
   * @param asked how many of them were asked now
   */
  public record Answered(Map<String, ModelAnswer> answers, int asked) {
    public Answered {
      answers = Map.copyOf(answers);
    }
  }

  /**
   * Asks a model every question that it has not answered before.
   *
   * @param contestant whose model is asked
   * @param dataset the dataset's fingerprint
   * @param next titles of the models that are asked afterwards
   * @throws CommandFailure if the model cannot be asked or the service is down; what was answered
   *     until then is kept. A question that fails by itself is an outcome like an answer
   */
  public Answered ask(
      Contestant contestant,
      String dataset,
      List<Question> questions,
      KeptAnswers kept,
      List<String> next)
      throws CommandFailure, InterruptedException {
    AskedModel model = contestant.model();
    Map<String, ModelAnswer> answers = kept.kept(model.name(), dataset);
    List<Question> open = new ArrayList<>();
    Question answeredBefore = null;
    for (Question question : questions) {
      ModelAnswer before = answers.get(question.fingerprint());
      if (before == null) {
        open.add(question);
      } else if (!before.isFailed()) {
        answeredBefore = question;
      }
    }
    if (open.isEmpty()) {
      return new Answered(answers, 0);
    }
    if (model.isHosted()) {
      int before = questions.size() - open.size();
      announce(contestant, open.size(), before);
      QuestionOutcomes outcomes =
          new QuestionOutcomes(
              answeredBefore,
              threads(open),
              patience.attempts(),
              (question, answer) ->
                  kept.keep(
                      model.name(), dataset, Map.of(question.fingerprint(), storable(answer))));
      try (Progress step = begin(contestant, open, next)) {
        askHosted(contestant, open, before, outcomes, step);
      }
    } else {
      try (Progress step = begin(contestant, open, next)) {
        kept.keep(model.name(), dataset, askHere(contestant, open, step));
      }
    }
    // As they are kept: where another process asked the same, its answer may have come first.
    return new Answered(kept.kept(model.name(), dataset), open.size());
  }

  private Progress begin(Contestant contestant, List<Question> open, List<String> next) {
    Amount answers = Amount.of(open.size(), "answers");
    Progress step = Progress.start(shell, asking(contestant), answers, next.toArray(String[]::new));
    step.accept(0);
    return step;
  }

  private void askHosted(
      Contestant contestant,
      List<Question> open,
      int before,
      QuestionOutcomes outcomes,
      Progress progress)
      throws CommandFailure, InterruptedException {
    outcomes.reportTo(progress::accept);
    try {
      Crew crew = new Crew(open, outcomes);
      crew.ask(
          new HostedModel(
              contestant.model(),
              config.requestsPerMinute(),
              patience,
              crew::isStopped,
              (fault, time, attempt) -> sayWait(progress, contestant, fault, time, attempt)),
          threads(open));
    } catch (AskException e) {
      throw failure(contestant, e, before + outcomes.kept(), before + open.size());
    }
  }

  private static String asking(Contestant contestant) {
    return "Asking " + contestant.title();
  }

  /** Says until when is waited; shorter waits than three seconds are over before they are read. */
  private void sayWait(
      Progress progress, Contestant contestant, AskException fault, Duration time, int attempt) {
    if (time.compareTo(SAID_FROM) < 0) {
      return;
    }
    String happened = fault.reason().isEmpty() ? "it did not answer" : fault.reason();
    progress.sayNowAndThen(
        "%s: %s; waiting until %s (try %d of %d)"
            .formatted(
                asking(contestant),
                happened,
                TimeOfDay.utc(shell.clock().instant().plus(time)),
                attempt,
                patience.attempts()));
  }

  private Map<String, ModelAnswer> askHere(
      Contestant contestant, List<Question> open, Progress progress)
      throws CommandFailure, InterruptedException {
    Map<String, ModelAnswer> answers = new ConcurrentHashMap<>();
    QuestionOutcomes outcomes =
        new QuestionOutcomes(
            null,
            threads(open),
            1,
            (question, answer) -> answers.put(question.fingerprint(), storable(answer)));
    outcomes.reportTo(progress::accept);
    try {
      new Crew(open, outcomes).ask(contestant.model()::answer, threads(open));
    } catch (AskException e) {
      throw new CommandFailure(FailureCode.BACK_END, List.of(), message(e), e);
    }
    return answers;
  }

  private int threads(List<Question> open) {
    return Math.min(config.parallelism(), open.size());
  }

  private void announce(Contestant contestant, int open, int before) {
    Duration least = Duration.ofMinutes(1).multipliedBy(open).dividedBy(config.requestsPerMinute());
    shell
        .err()
        .println(
            String.format(
                Locale.ROOT,
                "%s: %,d questions to ask, %,d answers kept from before; at %,d a minute this takes"
                    + " %s or more. Every answer is kept at once: stop it when you like and run the"
                    + " same command again.",
                contestant.title(),
                open,
                before,
                config.requestsPerMinute(),
                words(least)));
  }

  private static String words(Duration time) {
    long seconds = Math.max(1, time.toSeconds());
    return seconds < 120 ? seconds + " s" : Math.round(seconds / 60.0) + " minutes";
  }

  private CommandFailure failure(Contestant contestant, AskException fault, int kept, int all) {
    String progress = String.format(Locale.ROOT, "%,d of %,d answers are kept", kept, all);
    if (!fault.isTransient()) {
      String line = progress + "; the same command asks only for the rest.";
      return new CommandFailure(FailureCode.BACK_END, List.of(line), message(fault), fault);
    }
    String cause = message(fault);
    cause = cause.endsWith(".") ? cause.substring(0, cause.length() - 1) : cause;
    return new CommandFailure(
        FailureCode.UNAVAILABLE,
        List.of(),
        "%s did not answer after %d attempts (%s): %s; run the same command later to ask for the rest."
            .formatted(contestant.title(), patience.attempts(), cause, progress),
        fault);
  }

  private static String message(AskException fault) {
    return String.valueOf(fault.getMessage());
  }

  /** PostgreSQL's text holds every character but this one, which no category has. */
  private static ModelAnswer storable(ModelAnswer answer) {
    return new ModelAnswer(answer.text().replace('\0', '\uFFFD'), answer.failure());
  }
}
