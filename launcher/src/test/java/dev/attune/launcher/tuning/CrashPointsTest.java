package dev.attune.launcher.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.config.AttuneConfig;
import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.dataset.PublishedDataset;
import dev.attune.launcher.emulator.VertexEmulator;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.ledger.LedgerKind;
import dev.attune.launcher.tuning.CrashScenario.Change;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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

  @TempDir private static Path folder;

  private final StringBuilder table = new StringBuilder();
  private int number;

  @ParameterizedTest
  @EnumSource
  void leaveOneJobWhateverIsKilledWhen(LedgerKind kind) throws Exception {
    Path here = Files.createDirectories(folder.resolve(kind.name()));
    Path next = Files.createDirectories(folder.resolve("after " + kind.name()));
    AttuneConfig config = kind.config(here);
    DatasetDirectory dataset =
        PublishedDataset.write(here.resolve("dataset"), List.of("{\"a\":1}", "{}"), List.of("{}"));
    FakeTime time = new FakeTime();
    try (VertexEmulator service = VertexEmulator.start(time);
        Ledger kept = kind.open(here, new TestShell(here).shell());
        Ledger keptNext = kind.open(next, new TestShell(next).shell())) {
      CrashScenario.Stage stage =
          new CrashScenario.Stage(config, kind.config(next), dataset, service, time);
      int crashes = 0;
      for (CrashTrouble trouble : troubles(kind)) {
        List<String> steps =
            new CrashScenario(stage, trouble, Change.NOTHING, number++).undisturbed();
        checkOrder(trouble, steps);
        for (Change change : Change.values()) {
          if (change == Change.NOTHING || isCrossed(kind, trouble)) {
            crashes += crashEverywhere(stage, trouble, change, steps);
          }
        }
      }
      assertThat(keptNext.jobs().all()).isNotEmpty();
      table.append(crashes).append(" crashes\n");
      assertThat(kept.jobs().all()).hasSizeBetween(crashes - keptNext.jobs().all().size(), number);
    }
    Files.createDirectories(Path.of("target"));
    Files.writeString(
        Path.of("target/crash-points-" + kind + ".txt"),
        "Crash points, ledger " + kind + "\n" + table);
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

  private int crashEverywhere(
      CrashScenario.Stage stage, CrashTrouble trouble, Change change, List<String> steps)
      throws Exception {
    Map<String, List<Integer>> ends = new TreeMap<>();
    for (int crash = 0; crash <= steps.size(); crash++) {
      String end = new CrashScenario(stage, trouble, change, number++).crash(crash);
      ends.computeIfAbsent(end, first -> new ArrayList<>()).add(crash);
    }
    table.append(trouble).append(", ").append(changed(change)).append(": ");
    table.append(steps.size() + 1).append(" points\n");
    if (change == Change.NOTHING) {
      table.append("   0 before the first step\n");
      for (int i = 0; i < steps.size(); i++) {
        table.append("%4d after %s%n".formatted(i + 1, steps.get(i)));
      }
    }
    ends.forEach(
        (end, points) ->
            table.append("     ").append(end).append(": ").append(points).append('\n'));
    return steps.size() + 1;
  }

  private static String changed(Change change) {
    return switch (change) {
      case NOTHING -> "nothing changed";
      case LOCATION -> "another location";
      case PROJECT -> "another project";
      case LEDGER -> "the ledger lost";
    };
  }

  private static void checkOrder(CrashTrouble trouble, List<String> steps) {
    if (trouble == CrashTrouble.NONE) {
      assertThat(steps)
          .containsSubsequence(
              "ledger: Datasets.enter",
              "ledger: Jobs.intend",
              "back end: find",
              "back end: stage",
              "back end: find",
              "ledger: Jobs.claimCreate",
              "back end: create",
              "ledger: Jobs.observe",
              "back end: find",
              "ledger: Jobs.listed",
              "back end: get",
              "ledger: Jobs.observe");
    }
  }
}
