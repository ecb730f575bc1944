package dev.attune.launcher.evaluation.question;

import dev.attune.schema.ExampleLine;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Asks one model all open questions with several threads. If one thread fails, the others finish
 * their current question, so that its answer is kept, and ask no further ones.
 */
final class QuestionPool {
  private final List<Question> questions;
  private final QuestionOutcomes outcomes;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final AtomicReference<AskException> fault = new AtomicReference<>();

  /** Gets the answer to an example's prompt; safe for several threads. */
  @FunctionalInterface
  interface AnswerCall {
    String answer(ExampleLine example) throws AskException, InterruptedException;
  }

  /**
   * Creates a pool.
   *
   * @param outcomes receives each outcome before the same thread asks the next question
   */
  QuestionPool(List<Question> questions, QuestionOutcomes outcomes) {
    this.questions = questions;
    this.outcomes = outcomes;
  }

  boolean isStopped() {
    return stopped.get();
  }

  /**
   * Asks all questions and settles the failed ones. Returns after all threads have ended.
   *
   * @throws AskException the first fault that stopped a thread
   */
  void ask(AnswerCall model, int threads) throws AskException, InterruptedException {
    Callable<Void> worker =
        () -> {
          work(model);
          return null;
        };
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      for (Future<Void> ended : pool.invokeAll(Collections.nCopies(threads, worker))) {
        rethrowUnexpected(ended);
      }
      AskException first = fault.get();
      if (first != null) {
        throw first;
      }
      outcomes.settle(model);
    } finally {
      stopped.set(true);
      pool.shutdownNow();
    }
  }

  private void work(AnswerCall model) throws InterruptedException {
    boolean done = false;
    try {
      for (int i = next.getAndIncrement();
          !isStopped() && i < questions.size();
          i = next.getAndIncrement()) {
        outcomes.ask(questions.get(i), model);
      }
      done = true;
    } catch (AskException e) {
      fault.compareAndSet(null, e);
    } finally {
      if (!done) {
        stopped.set(true);
      }
    }
  }

  private static void rethrowUnexpected(Future<Void> ended) throws InterruptedException {
    try {
      ended.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException unexpected) {
        throw unexpected;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
