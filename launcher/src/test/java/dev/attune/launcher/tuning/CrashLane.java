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
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;

/** One thread with a service, a clock and ledgers of its own, which works on crash scenarios. */
final class CrashLane {
  private final CrashScenario.Stage stage;
  private int number;
  private int crashes;
  private boolean isLedgerLost;

  private CrashLane(CrashScenario.Stage stage) {
    this.stage = stage;
  }

  /** What goes wrong with the service, and what changes between the crash and the next start. */
  record Crossing(CrashTrouble trouble, Change change) {}

  /**
   * Takes crossings until none is left, and crashes at every step of each.
   *
   * @param here the folder of this lane
   * @param tables gets a table of each crossing
   * @return the number of crashes
   */
  static int work(LedgerKind kind, Path here, Queue<Crossing> left, Map<Crossing, String> tables)
      throws Exception {
    Path next = Files.createDirectories(here.resolve("after"));
    AttuneConfig config = kind.config(here);
    DatasetDirectory dataset =
        PublishedDataset.write(here.resolve("dataset"), List.of("{\"a\":1}", "{}"), List.of("{}"));
    FakeTime time = new FakeTime();
    try (VertexEmulator service = VertexEmulator.start(time);
        Ledger kept = kind.open(here, new TestShell(here).shell());
        Ledger keptNext = kind.open(next, new TestShell(next).shell())) {
      CrashLane lane =
          new CrashLane(new CrashScenario.Stage(config, kind.config(next), dataset, service, time));
      for (Crossing crossing = left.poll(); crossing != null; crossing = left.poll()) {
        tables.put(crossing, lane.crashEverywhere(crossing.trouble(), crossing.change()));
      }
      int keptLater = keptNext.jobs().all().size();
      assertThat(keptLater > 0).isEqualTo(lane.isLedgerLost);
      assertThat(kept.jobs().all()).hasSizeBetween(lane.crashes - keptLater, lane.number);
      return lane.crashes;
    }
  }

  private String crashEverywhere(CrashTrouble trouble, Change change) throws Exception {
    List<String> steps = new CrashScenario(stage, trouble, Change.NOTHING, number++).undisturbed();
    checkOrder(trouble, steps);
    Map<String, List<Integer>> ends = new TreeMap<>();
    for (int crash = 0; crash <= steps.size(); crash++) {
      String end = new CrashScenario(stage, trouble, change, number++).crash(crash);
      ends.computeIfAbsent(end, first -> new ArrayList<>()).add(crash);
    }
    crashes += steps.size() + 1;
    isLedgerLost |= change == Change.LEDGER;
    return table(trouble, change, steps, ends);
  }

  private static String table(
      CrashTrouble trouble, Change change, List<String> steps, Map<String, List<Integer>> ends) {
    StringBuilder table = new StringBuilder();
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
    return table.toString();
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
