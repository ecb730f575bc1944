package dev.attune.launcher.loop.turn;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.ledger.Runs;
import dev.attune.launcher.tuning.status.Sleeper;
import dev.attune.message.Messages;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The turn of one {@code attune run}: of the runs with one dataset name and one ledger, one works
 * at a time. A run that was killed loses its turn: at once to a run on the same machine, which sees
 * that the process is gone, and after 90 seconds without a sign of life to one elsewhere. A turn is
 * a courtesy to people and schedulers; what must not happen twice, such as paying for a job, the
 * ledger prevents without it.
 */
public final class RunTurn implements AutoCloseable {
  /** The runs of this process, which may have several in tests and after a failure. */
  private static final Set<String> HERE = ConcurrentHashMap.newKeySet();

  private final Runs runs;
  private final Runs.Entry entry;
  private final boolean mine;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean overtaken;

  private RunTurn(Runs runs, Runs.Entry entry, boolean mine) {
    this.runs = runs;
    this.entry = entry;
    this.mine = mine;
  }

  /**
   * Takes the turn, or finds the run that has it. If that one's process cannot be looked up, waits
   * for a sign of life and says so.
   */
  public static RunTurn take(Ledger ledger, String dataset, Shell shell, Sleeper sleeper)
      throws InterruptedException {
    return take(ledger.runs(), dataset, shell, sleeper, TurnTiming.DEFAULT);
  }

  static RunTurn take(Runs runs, String dataset, Shell shell, Sleeper sleeper, TurnTiming timing)
      throws InterruptedException {
    Runs.Owner own = RunProcess.own();
    HERE.add(own.run());
    boolean mine = false;
    try {
      RunTurn turn = new Waiting(runs, dataset, own, shell, sleeper, timing).turn();
      mine = turn.mine;
      if (mine) {
        turn.showLife(timing);
      }
      return turn;
    } finally {
      if (!mine) {
        HERE.remove(own.run());
      }
    }
  }

  /** Returns the run that has the turn if it is not this one. */
  public Optional<Runs.Entry> other() {
    return mine ? Optional.empty() : Optional.of(entry);
  }

  /**
   * Called before each step.
   *
   * @throws CommandFailure if another run has taken the turn, because this process stood still or
   *     could not reach the ledger for too long
   */
  public void require() throws CommandFailure {
    if (!overtaken) {
      return;
    }
    String dataset = entry.dataset();
    String sentence =
        runs.current(dataset)
            .map(
                now ->
                    Messages.of(
                        "launcher.run.overtaken",
                        dataset,
                        now.owner().process(),
                        now.owner().host()))
            .orElseGet(() -> Messages.of("launcher.run.overtaken-unknown", dataset));
    throw new CommandFailure(FailureCode.UNAVAILABLE, sentence);
  }

  private void showLife(TurnTiming timing) {
    Thread beats = new Thread(() -> beat(timing), "attune-run");
    beats.setDaemon(true);
    beats.start();
  }

  private void beat(TurnTiming timing) {
    try {
      while (!overtaken && !closed.await(timing.beat().toMillis(), TimeUnit.MILLISECONDS)) {
        overtaken = !runs.beat(entry.dataset(), entry.owner().run());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Gives the turn back. */
  @Override
  public void close() {
    if (mine) {
      closed.countDown();
      runs.end(entry.dataset(), entry.owner().run());
      HERE.remove(entry.owner().run());
    }
  }

  /** A run that wants the turn. */
  private record Waiting(
      Runs runs, String dataset, Runs.Owner own, Shell shell, Sleeper sleeper, TurnTiming timing) {
    RunTurn turn() throws InterruptedException {
      Runs.Entry seen = runs.begin(dataset, own);
      for (long look = 0; !isMine(seen); look++) {
        RunProcess.Presence presence = presence(seen.owner());
        if (presence == RunProcess.Presence.RUNNING) {
          return new RunTurn(runs, seen, false);
        }
        if (presence == RunProcess.Presence.UNKNOWN && look < timing.looks()) {
          waitFor(seen, look == 0);
        } else {
          boolean unused = runs.takeOver(seen, own);
        }
        Runs.Entry now = runs.begin(dataset, own);
        if (!isMine(now) && !now.equals(seen)) {
          return new RunTurn(runs, now, false); // Its beat has risen, or it is a new one.
        }
        seen = now;
      }
      return new RunTurn(runs, seen, true);
    }

    private boolean isMine(Runs.Entry entry) {
      return entry.owner().run().equals(own.run());
    }

    private RunProcess.Presence presence(Runs.Owner other) {
      RunProcess.Presence presence = RunProcess.presence(other, own);
      boolean here = other.machine().equals(own.machine()) && other.process() == own.process();
      return here && presence == RunProcess.Presence.RUNNING && !HERE.contains(other.run())
          ? RunProcess.Presence.ENDED
          : presence;
    }

    private void waitFor(Runs.Entry seen, boolean isFirst) throws InterruptedException {
      if (isFirst) {
        shell
            .err()
            .println(
                Messages.of(
                    "launcher.run.silent",
                    dataset,
                    seen.owner().process(),
                    seen.owner().host(),
                    seen.begun().at(),
                    timing.silence().toSeconds()));
      }
      sleeper.sleep(timing.look());
    }
  }
}
