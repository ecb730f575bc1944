package dev.attune.launcher.evaluation.question;

import dev.attune.launcher.evaluation.question.AskException.Kind;
import dev.attune.launcher.evaluation.question.QuestionPool.AnswerCall;
import dev.attune.launcher.ledger.ModelAnswer;
import dev.attune.message.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the outcomes of the questions to one model, and decides which failures are final:
 *
 * <ul>
 *   <li>A blocked question fails finally at once.
 *   <li>A question refused as invalid fails finally after another question was answered. After
 *       {@value #MOST_REFUSALS} refusals without an answer in between, the model or the requests
 *       are at fault: none of the refusals is kept, and the evaluation stops.
 *   <li>A question without an answer after all attempts is asked again at the end. If it fails
 *       again and a question that was answered before is still answered, it fails finally;
 *       otherwise the service is down. The service is also down after as many unanswered questions
 *       in a row as there are threads, but at least 3: the evaluation stops, and a later one
 *       continues it.
 * </ul>
 *
 * <p>Safe for several threads.
 */
final class QuestionOutcomes {
  private static final int MOST_REFUSALS = 20;
  private static final int FEWEST_FOR_AN_OUTAGE = 3;
  private static final String BLOCKED = "blocked";

  private final BiConsumer<Question, ModelAnswer> keeper;
  private final IntConsumer progress;
  private final int attempts;
  private final int unansweredForAnOutage;
  private final List<Failure> refused = new ArrayList<>();
  private final List<Failure> unanswered = new ArrayList<>();
  private int unansweredInARow;
  private int kept;

  /** A question that the model has answered; null before the first answer. */
  private @Nullable Question control;

  /**
   * Creates the outcomes of one model.
   *
   * @param control a question that the model answered in an earlier process, or null
   * @param threads number of threads that ask
   * @param attempts maximum number of attempts per question
   * @param keeper stores a final outcome before it returns
   * @param progress receives the number of outcomes after each one
   */
  QuestionOutcomes(
      @Nullable Question control,
      int threads,
      int attempts,
      BiConsumer<Question, ModelAnswer> keeper,
      IntConsumer progress) {
    this.control = control;
    this.unansweredForAnOutage = Math.max(threads, FEWEST_FOR_AN_OUTAGE);
    this.attempts = attempts;
    this.keeper = keeper;
    this.progress = progress;
  }

  /** Returns the number of outcomes that were kept. */
  synchronized int kept() {
    return kept;
  }

  private record Failure(Question question, AskException fault) {}

  /**
   * Asks a question and enters the outcome.
   *
   * @throws AskException if the evaluation must stop
   */
  void ask(Question question, AnswerCall model) throws AskException, InterruptedException {
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
   * Decides the failures that are not final yet. Called once, after all questions were asked.
   *
   * @throws AskException if the model or the service is at fault
   */
  void settle(AnswerCall model) throws AskException, InterruptedException {
    for (Failure failure : takeUnanswered()) {
      Question question = failure.question();
      unansweredInARow = 0;
      ask(question, model);
      if (!takeUnanswered().isEmpty()) {
        if (control == null || !isAnswering(model, control)) {
          throw failure.fault();
        }
        keepFailure(question, Messages.of("launcher.evaluation.attempts", attempts));
      }
    }
    synchronized (this) {
      if (!refused.isEmpty() && control == null) {
        throw refusedByTheModel();
      }
      keepRefusals();
    }
  }

  /** Returns whether the service replies to a question that the model has answered before. */
  private static boolean isAnswering(AnswerCall model, Question answered)
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
    return new AskException(
        false,
        Messages.of(
            "launcher.evaluation.all-refused", refused.size(), String.valueOf(last.getMessage())),
        last);
  }
}
