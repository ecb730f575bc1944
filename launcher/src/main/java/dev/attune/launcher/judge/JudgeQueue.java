package dev.attune.launcher.judge;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.message.Messages;
import dev.attune.models.ModelException;
import dev.attune.page.FigureText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntConsumer;

/**
 * Lets one judge compare many pairs with several threads. If one thread fails, the others finish
 * the request that they have begun, so that its answer is kept, and begin no further one.
 */
public final class JudgeQueue {
  /** A judge without a verdict on so many pairs is asked about no other one. */
  private static final int SILENT_PAIRS = 20;

  private final JudgeSeat seat;
  private final List<AnswerPair> pairs;
  private final IntConsumer progress;
  private final AtomicReferenceArray<PairJudgement> judgements;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger judged = new AtomicInteger();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final AtomicBoolean hasVerdict = new AtomicBoolean();
  private final AtomicReference<ModelException> fault = new AtomicReference<>();

  private JudgeQueue(JudgeSeat seat, List<AnswerPair> pairs, IntConsumer progress) {
    this.seat = seat;
    this.pairs = pairs;
    this.progress = progress;
    this.judgements = new AtomicReferenceArray<>(pairs.size());
  }

  /**
   * Returns a judgement for each pair, in the order of the pairs.
   *
   * @param progress receives the number of judged pairs after each of them
   * @throws CommandFailure if the judge cannot be asked; answers received until then are kept
   */
  public static List<PairJudgement> judge(
      JudgeSeat seat, List<AnswerPair> pairs, IntConsumer progress)
      throws CommandFailure, InterruptedException {
    return pairs.isEmpty() ? List.of() : new JudgeQueue(seat, pairs, progress).all();
  }

  private List<PairJudgement> all() throws CommandFailure, InterruptedException {
    int threads = Math.min(seat.parallelism(), pairs.size());
    Callable<Void> worker =
        () -> {
          work();
          return null;
        };
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      for (Future<Void> ended : pool.invokeAll(Collections.nCopies(threads, worker))) {
        rethrowUnexpected(ended);
      }
    } finally {
      stopped.set(true);
      pool.shutdownNow();
    }
    ModelException first = fault.get();
    if (first != null) {
      throw failure(first);
    }
    requireSomeVerdict();
    List<PairJudgement> all = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      all.add(Objects.requireNonNull(judgements.get(i), "every pair is judged"));
    }
    return all;
  }

  private void work() throws InterruptedException {
    boolean isDone = false;
    try {
      for (int i = next.getAndIncrement();
          !stopped.get() && i < pairs.size();
          i = next.getAndIncrement()) {
        PairJudgement judgement = seat.judge().judge(pairs.get(i));
        judgements.set(i, judgement);
        if (judgement.shown().fault() == null || judgement.swapped().fault() == null) {
          hasVerdict.set(true);
        }
        int done = judged.incrementAndGet();
        progress.accept(done);
        if (done >= SILENT_PAIRS && !hasVerdict.get()) {
          stopped.set(true);
        }
      }
      isDone = true;
    } catch (ModelException e) {
      fault.compareAndSet(null, e);
    } finally {
      if (!isDone) {
        stopped.set(true);
      }
    }
  }

  /** A judge that answers nothing at all is at fault itself, not the pairs. */
  private void requireSomeVerdict() throws CommandFailure {
    if (!hasVerdict.get()) {
      PairJudgement first = Objects.requireNonNull(judgements.get(0));
      throw new CommandFailure(
          FailureCode.MODEL,
          Messages.of(
              "launcher.judge.silent",
              seat.key(),
              FigureText.count(judged.get(), "pair"),
              Objects.requireNonNull(first.shown().fault()).words()));
    }
  }

  private CommandFailure failure(ModelException fault) {
    FailureCode code =
        switch (fault.kind()) {
          case REQUEST, MODEL -> FailureCode.MODEL;
          case QUOTA, TRANSIENT -> FailureCode.UNAVAILABLE;
          case SPENDING -> FailureCode.COST;
        };
    if (fault.kind() == ModelException.Kind.SPENDING) {
      return new CommandFailure(
          code,
          Messages.of(
              "launcher.judge.stopped-by-budget",
              seat.key(),
              FigureText.count(judged.get()),
              FigureText.count(pairs.size()),
              String.valueOf(fault.getMessage())),
          fault);
    }
    String cause = String.valueOf(fault.getMessage()).replaceFirst("\\.$", "");
    return new CommandFailure(
        code,
        Messages.of(
            "launcher.judge.stopped",
            seat.key(),
            cause,
            FigureText.count(judged.get()),
            FigureText.count(pairs.size())),
        fault);
  }

  private static void rethrowUnexpected(Future<Void> ended) throws InterruptedException {
    try {
      ended.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException unexpected) {
        throw unexpected;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      if (e.getCause() instanceof InterruptedException) {
        throw (InterruptedException) new InterruptedException(e.getMessage()).initCause(e);
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
