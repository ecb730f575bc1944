package dev.attune.launcher.evaluation;

import dev.attune.launcher.evaluation.AskException.Kind;
import dev.attune.launcher.ledger.ModelAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what came of the questions to one model, and decides which failures are final:
 *
 * <ul>
 *   <li>A question that was blocked fails for good at once.
 *   <li>A question that was refused as invalid fails for good once another question is answered.
 *       {@value #MOST_REFUSALS} refusals without an answer between them are the model's fault, or
 *       the request's: then none of them is kept, and the evaluation stops.
 *   <li>A question that got no answer in all attempts is asked again at the end. If it gets none
 *       again while a question that was answered before is answered once more, it fails for good;
 *       otherwise the service is down. As many unanswered questions in a row as there are threads
 *       (3 at least) mean the same: the evaluation stops, and a later one goes on.
 * </ul>
 *
 * <p>Safe for several threads.
 */
final class QuestionOutcomes {
  private static final int MOST_REFUSALS = 20;
  private static final int FEWEST_FOR_AN_OUTAGE = 3;
  private static final String BLOCKED = "blocked";

  private final BiConsumer<Question, ModelAnswer> keeper;
  private final int attempts;
  private final int unansweredForAnOutage;
  private final List<Failure> refused = new ArrayList<>();
  private final List<Failure> unanswered = new ArrayList<>();
  private int unansweredInARow;
  private int kept;
  private IntConsumer progress = count -> {};

  /** A question that the model has answered, or null while it has answered none. */
  private @Nullable Question control;

  /**
   * Outcomes of the questions to one model.
   *
   * @param control a question that it answered earlier, or null
   * @param threads how many ask it at once
   * @param attempts how often a question is asked where the fault may pass
   * @param keeper keeps a final outcome before it returns
   */
  QuestionOutcomes(
      @Nullable Question control,
      int threads,
      int attempts,
      BiConsumer<Question, ModelAnswer> keeper) {
    this.control = control;
    this.unansweredForAnOutage = Math.max(threads, FEWEST_FOR_AN_OUTAGE);
    this.attempts = attempts;
    this.keeper = keeper;
  }

  /** Tells somebody how many outcomes are kept, after each. */
  synchronized void reportTo(IntConsumer listener) {
    progress = listener;
  }

  /** How many outcomes were kept. */
  synchronized int kept() {
    return kept;
  }

  private record Failure(Question question, AskException fault) {}

  /**
   * Asks a question and enters what came of it.
   *
   * @throws AskException if no further question should be asked
   */
  void ask(Question question, Questioned model) throws AskException, InterruptedException {
    String text;
    try {
      text = model.answer(question.example());
    } catch (AskException e) {
      enterFailure(new Failure(question, e));
      return;
    }
    enterAnswer(question, ModelAnswer.of(text));
  }

  /**
   * Decides the failures that are still open. Called once, after all questions were asked.
   *
   * @throws AskException if they are the fault of the model or of the service
   */
  void settle(Questioned model) throws AskException, InterruptedException {
    for (Failure failure : takeUnanswered()) {
      Question question = failure.question();
      unansweredInARow = 0;
      ask(question, model);
      if (!takeUnanswered().isEmpty()) {
        if (control == null || !isAnswering(model, control)) {
          throw failure.fault();
        }
        keepFailure(question, "no answer after " + attempts + " attempts");
      }
    }
    synchronized (this) {
      if (!refused.isEmpty() && control == null) {
        throw refusedByTheModel();
      }
      keepRefusals();
    }
  }

  /** Whether the service gives any reply to a question that the model has answered before. */
  private static boolean isAnswering(Questioned model, Question answered)
      throws AskException, InterruptedException {
    try {
      var unused = model.answer(answered.example());
      return true;
    } catch (AskException e) {
      if (e.kind() == Kind.MODEL) {
        throw e;
      }
      return e.kind() == Kind.QUESTION;
    }
  }

  private synchronized void enterAnswer(Question question, ModelAnswer answer) {
    keep(question, answer);
    control = control == null ? question : control;
    unansweredInARow = 0;
    keepRefusals();
  }

  private synchronized void enterFailure(Failure failure) throws AskException {
    AskException fault = failure.fault();
    switch (fault.kind()) {
      case MODEL -> throw fault;
      case QUESTION -> {
        unansweredInARow = 0;
        if (fault.reason().startsWith(BLOCKED)) {
          keepFailure(failure.question(), fault.reason());
          return;
        }
        refused.add(failure);
        if (refused.size() >= MOST_REFUSALS) {
          throw refusedByTheModel();
        }
      }
      case PASSING -> {
        unanswered.add(failure);
        unansweredInARow++;
        if (unansweredInARow >= unansweredForAnOutage) {
          throw fault;
        }
      }
    }
  }

  private void keepRefusals() {
    refused.forEach(failure -> keepFailure(failure.question(), failure.fault().reason()));
    refused.clear();
  }

  private synchronized void keepFailure(Question question, String reason) {
    keep(question, ModelAnswer.failed(reason));
  }

  private void keep(Question question, ModelAnswer outcome) {
    keeper.accept(question, outcome);
    kept++;
    progress.accept(kept);
  }

  private synchronized List<Failure> takeUnanswered() {
    List<Failure> taken = List.copyOf(unanswered);
    unanswered.clear();
    return taken;
  }

  private AskException refusedByTheModel() {
    AskException last = refused.get(refused.size() - 1).fault();
    String sentence =
        "%d questions in a row were refused and none was answered, so the fault is not in the questions: %s"
            .formatted(refused.size(), last.getMessage());
    return new AskException(false, sentence, last);
  }
}
