package dev.attune.launcher.loop.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.ledger.LedgerKind;
import dev.attune.launcher.ledger.Runs;
import dev.attune.launcher.tuning.status.Sleeper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Of two runs one works, on both databases, and what is left of a killed one is in nobody's way.
 */
class RunTurnTest {
  private static final Runs.Owner ELSEWHERE =
      new Runs.Owner("0".repeat(36), "worker-7", "another machine", 1, "12345");
  private static final Sleeper NEVER =
      time -> {
        throw new AssertionError("it waited");
      };

  /** A test waits five minutes at most for another process. */
  private static final int LOOKS = 3000;

  @TempDir private Path folder;

  private TestShell shell = new TestShell(Path.of(""));

  @BeforeEach
  void inTheFolder() {
    shell = new TestShell(folder);
  }

  private RunTurn take(Ledger ledger, Sleeper sleeper) throws InterruptedException {
    return RunTurn.take(ledger, "animals", shell.shell(), sleeper);
  }

  @ParameterizedTest
  @EnumSource
  void isOneRunsUntilItEnds(LedgerKind kind) throws Exception {
    try (Ledger ledger = kind.open(folder, shell.shell());
        Ledger another = kind.open(folder, shell.shell())) {
      try (RunTurn first = take(ledger, NEVER);
          RunTurn second = take(another, NEVER);
          RunTurn otherDataset = RunTurn.take(another, "plants", shell.shell(), NEVER)) {
        assertThat(first.other()).isEmpty();
        assertThat(second.other())
            .map(entry -> entry.owner().process())
            .contains(ProcessHandle.current().pid());
        assertThat(otherDataset.other()).isEmpty();
      }
      try (RunTurn third = take(another, NEVER)) {
        assertThat(third.other()).isEmpty();
      }
      assertThat(ledger.runs().current("animals")).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void isGivenToOneOfTwoThatAskAtTheSameMoment(LedgerKind kind) throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    CyclicBarrier end = new CyclicBarrier(2);
    AtomicInteger admitted = new AtomicInteger();
    int rounds = 20;
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (Ledger one = kind.open(folder, shell.shell());
        Ledger other = kind.open(folder, shell.shell())) {
      List<Future<?>> both = new ArrayList<>();
      for (Ledger ledger : List.of(one, other)) {
        both.add(
            threads.submit(
                () -> {
                  for (int round = 0; round < rounds; round++) {
                    start.await(1, TimeUnit.MINUTES);
                    try (RunTurn turn = take(ledger, NEVER)) {
                      admitted.addAndGet(turn.other().isEmpty() ? 1 : 0);
                      end.await(1, TimeUnit.MINUTES);
                    }
                  }
                  return null;
                }));
      }
      for (Future<?> run : both) {
        run.get(2, TimeUnit.MINUTES);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(admitted).hasValue(rounds);
  }

  @ParameterizedTest
  @EnumSource
  void isTakenAtOnceFromAProcessThatWasKilledHere(LedgerKind kind) throws Exception {
    kind.config(folder);
    try (TakingProcess first = new TakingProcess(folder);
        TakingProcess second = new TakingProcess(folder)) {
      assertThat(first.takes()).isEqualTo("mine");
      assertThat(second.takes()).isEqualTo("of " + first.pid());

      first.kill();

      assertThat(second.takes()).isEqualTo("mine");
      try (Ledger ledger = kind.open(folder, shell.shell());
          RunTurn turn = take(ledger, NEVER)) {
        assertThat(turn.other()).map(entry -> entry.owner().process()).contains(second.pid());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void isTakenFromARunElsewhereThatStaysSilent(LedgerKind kind) throws Exception {
    AtomicInteger looks = new AtomicInteger();
    try (Ledger ledger = kind.open(folder, shell.shell())) {
      ledger.runs().begin("animals", ELSEWHERE);

      try (RunTurn turn = take(ledger, time -> looks.incrementAndGet())) {
        assertThat(turn.other()).isEmpty();
        assertThat(looks).hasValue(90);
        assertThat(shell.err())
            .singleElement()
            .asString()
            .contains("process 1 on worker-7", "Waiting at most 90 s for a sign of life");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void staysWithARunElsewhereThatShowsLife(LedgerKind kind) throws Exception {
    AtomicInteger looks = new AtomicInteger();
    try (Ledger ledger = kind.open(folder, shell.shell());
        Ledger elsewhere = kind.open(folder, shell.shell())) {
      elsewhere.runs().begin("animals", ELSEWHERE);
      Sleeper beatsOnce =
          time -> {
            if (looks.incrementAndGet() == 3) {
              assertThat(elsewhere.runs().beat("animals", ELSEWHERE.run())).isTrue();
            }
          };

      try (RunTurn turn = take(ledger, beatsOnce)) {
        assertThat(turn.other()).map(Runs.Entry::owner).contains(ELSEWHERE);
        assertThat(looks).hasValue(3);
      }
      assertThat(elsewhere.runs().current("animals")).map(Runs.Entry::owner).contains(ELSEWHERE);
    }
  }

  @Test
  void isFreeAsSoonAsARunElsewhereEnds() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    try (Ledger ledger = LedgerKind.H2.open(folder, shell.shell())) {
      ledger.runs().begin("animals", ELSEWHERE);
      Sleeper ends =
          time -> {
            looks.incrementAndGet();
            ledger.runs().end("animals", ELSEWHERE.run());
          };

      try (RunTurn turn = take(ledger, ends)) {
        assertThat(turn.other()).isEmpty();
        assertThat(looks).hasValue(1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void showsLifeWhileItLastsAndStopsARunThatWasOvertaken(LedgerKind kind) throws Exception {
    TurnTiming fast =
        new TurnTiming(Duration.ofMillis(20), Duration.ofMillis(1), Duration.ofMillis(1));
    try (Ledger ledger = kind.open(folder, shell.shell());
        Ledger elsewhere = kind.open(folder, shell.shell())) {
      RunTurn turn = RunTurn.take(ledger.runs(), "animals", shell.shell(), NEVER, fast);
      Runs.Entry first = elsewhere.runs().current("animals").orElseThrow();
      Runs.Entry later = first;
      for (int look = 0; look < LOOKS && later.beat() <= first.beat() + 1; look++) {
        pause();
        later = elsewhere.runs().current("animals").orElseThrow();
      }
      assertThat(later.beat()).isGreaterThan(first.beat() + 1);
      turn.require();

      boolean taken = false;
      for (int tries = 0; tries < LOOKS && !taken; tries++) {
        // Its beat may rise between the two calls.
        taken =
            elsewhere.runs().takeOver(elsewhere.runs().current("animals").orElseThrow(), ELSEWHERE);
      }
      assertThat(taken).isTrue();
      Optional<CommandFailure> stopped = Optional.empty();
      for (int look = 0; look < LOOKS && stopped.isEmpty(); look++) {
        pause();
        stopped = failure(turn);
      }

      assertThat(stopped).map(CommandFailure::code).contains(FailureCode.UNAVAILABLE);
      assertThat(stopped.orElseThrow()).hasMessageContaining("process 1 on worker-7");
      turn.close();
      assertThat(elsewhere.runs().current("animals")).map(Runs.Entry::owner).contains(ELSEWHERE);
    }
  }

  private static Optional<CommandFailure> failure(RunTurn turn) {
    try {
      turn.require();
      return Optional.empty();
    } catch (CommandFailure e) {
      return Optional.of(e);
    }
  }

  private static void pause() throws InterruptedException {
    boolean unused = new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS);
  }
}
