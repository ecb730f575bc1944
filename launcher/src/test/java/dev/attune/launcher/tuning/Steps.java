package dev.attune.launcher.tuning;

import java.util.ArrayList;
import java.util.List;

/**
 * The steps of a process that can be seen from outside, in order: calls of the back end that ended,
 * and commits of the ledger. After the k-th of them the process crashes, if that is wished.
 */
final class Steps {
  /** Never. */
  static final int NOWHERE = -1;

  private final List<String> passed = new ArrayList<>();
  private final int crashAfter;

  /**
   * Steps of one process.
   *
   * @param crashAfter 0: before the first step; or {@link #NOWHERE}
   */
  Steps(int crashAfter) {
    this.crashAfter = crashAfter;
  }

  /** Called before the first step. */
  void begin() {
    if (crashAfter == 0) {
      throw new Crash();
    }
  }

  void passed(String step) {
    if (crashAfter != NOWHERE && passed.size() >= crashAfter) {
      throw new Crash(); // what a dead process does not do, for instance in finally
    }
    passed.add(step);
    if (passed.size() == crashAfter) {
      throw new Crash();
    }
  }

  List<String> all() {
    return List.copyOf(passed);
  }

  /** The process ends here, without a word. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    Crash() {
      super("crash, as a test asked", null, false, false);
    }
  }
}
