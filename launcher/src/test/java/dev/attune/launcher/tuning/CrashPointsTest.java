package dev.attune.launcher.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.launcher.ledger.LedgerKind;
import dev.attune.launcher.tuning.CrashScenario.Change;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every step of tuning, crossed with every fault of the service: the process crashes after the
 * step, is started again until it ends, and there is one job. The same where project or location
 * changed meanwhile, and where the ledger was lost; then a second job is cancelled or named. {@code
 * target/crash-points-*.txt} has the table.
 */
class CrashPointsTest {
  /** Troubles that decide what a changed place or a lost ledger meets. */
  private static final Set<CrashTrouble> DECIDING =
      EnumSet.of(
          CrashTrouble.LIST_LAGS,
          CrashTrouble.CREATE_REPLY_LOST_AND_LIST_LAGS,
          CrashTrouble.CREATE_UNAVAILABLE,
          CrashTrouble.CREATE_SLOW);

  /** Some faults take real time, in which another lane works. */
  private static final int LANES = 3;

  @TempDir private static Path folder;

  @ParameterizedTest
  @EnumSource
  void leaveOneJobWhateverIsKilledWhen(LedgerKind kind) throws Exception {
    List<CrashLane.Crossing> crossings = crossings(kind);
    ConcurrentMap<CrashLane.Crossing, String> tables = new ConcurrentHashMap<>();
    Queue<CrashLane.Crossing> left = new ConcurrentLinkedQueue<>(crossings);
    ExecutorService threads = Executors.newFixedThreadPool(LANES);
    int crashes = 0;
    try {
      List<Future<Integer>> lanes = new ArrayList<>();
      for (int lane = 0; lane < LANES; lane++) {
        Path here = folder.resolve(kind + "-" + lane);
        lanes.add(threads.submit(() -> CrashLane.work(kind, here, left, tables)));
      }
      for (Future<Integer> lane : lanes) {
        crashes += lane.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(tables).hasSameSizeAs(crossings);
    Files.createDirectories(Path.of("target"));
    Files.writeString(
        Path.of("target/crash-points-" + kind + ".txt"),
        crossings.stream()
            .map(tables::get)
            .collect(
                Collectors.joining(
                    "", "Crash points, ledger " + kind + "\n", crashes + " crashes\n")));
  }

  private static List<CrashLane.Crossing> crossings(LedgerKind kind) {
    List<CrashLane.Crossing> crossings = new ArrayList<>();
    for (CrashTrouble trouble : troubles(kind)) {
      for (Change change : Change.values()) {
        if (change == Change.NOTHING || isCrossed(kind, trouble)) {
          crossings.add(new CrashLane.Crossing(trouble, change));
        }
      }
    }
    return crossings;
  }

  /** All on H2. On PostgreSQL the others differ in nothing that concerns the ledger. */
  private static Set<CrashTrouble> troubles(LedgerKind kind) {
    Set<CrashTrouble> troubles = EnumSet.allOf(CrashTrouble.class);
    if (kind == LedgerKind.POSTGRESQL && !Boolean.getBoolean("attune.crash.all")) {
      troubles.retainAll(DECIDING);
      troubles.add(CrashTrouble.NONE);
    }
    return troubles;
  }

  /**
   * The worst trouble; all deciding ones on H2 with the system property {@code attune.crash.all},
   * as .ci/checks/crash-points.sh sets it.
   */
  private static boolean isCrossed(LedgerKind kind, CrashTrouble trouble) {
    boolean all = kind == LedgerKind.H2 && Boolean.getBoolean("attune.crash.all");
    return all
        ? DECIDING.contains(trouble)
        : trouble == CrashTrouble.CREATE_REPLY_LOST_AND_LIST_LAGS;
  }
}
