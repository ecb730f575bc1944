package dev.attune.launcher.evaluation;

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
 * Threads that ask one question after the other. When one of them cannot go on, the others finish
 * the question that they have under way, so that its answer is not lost, and take no more.
 */
final class Crew {
  private final List<Question> questions;
  private final QuestionOutcomes outcomes;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final AtomicReference<AskException> fault = new AtomicReference<>();

  /**
   * A crew for some questions.
   *
   * @param outcomes told every outcome, by the thread that got it, before it asks the next question
   */
  Crew(List<Question> questions, QuestionOutcomes outcomes) {
    this.questions = questions;
    this.outcomes = outcomes;
  }

  boolean isStopped() {
    return stopped.get();
  }

  /**
   * Asks everything and settles what failed; returns when no thread is asking any more.
   *
   * @throws AskException the first that a thread met; those of others may come from being stopped
   */
  void ask(Questioned model, int threads) throws AskException, InterruptedException {
    Callable<Void> member =
        () -> {
          work(model);
          return null;
        };
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      for (Future<Void> ended : pool.invokeAll(Collections.nCopies(threads, member))) {
        throwWhatNobodyForesaw(ended);
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

  private void work(Questioned model) throws InterruptedException {
    boolean done = false;
    try {
      while (!isStopped()) {
        int place = next.getAndIncrement();
        if (place >= questions.size()) {
          break;
        }
        outcomes.ask(questions.get(place), model);
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

  private static void throwWhatNobodyForesaw(Future<Void> ended) throws InterruptedException {
    try {
      ended.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException unforeseen) {
        throw unforeseen;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
