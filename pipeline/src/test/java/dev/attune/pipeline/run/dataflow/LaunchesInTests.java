package dev.attune.pipeline.run.dataflow;

import java.time.Duration;

/** Launches for tests: polls follow each other at once, and a launch is killed at a point. */
public final class LaunchesInTests {
  private LaunchesInTests() {}

  /** What a killed launch throws: nothing catches it. */
  public static final class KilledLaunch extends Error {
    private static final long serialVersionUID = 1;

    KilledLaunch(LaunchPoint point) {
      super("killed at " + point);
    }
  }

  /** Polls without long pauses. */
  public static void pollFast() {
    DataflowJob.pollEvery(Duration.ofMillis(20));
  }

  /** Repeats calls that nothing answers for a second, and tells of it at once. */
  public static void giveUpSoon() {
    CallRepetition.repeatFor(Duration.ofSeconds(1), Duration.ZERO);
  }

  /** Kills each launch that comes to a point, from now on. */
  public static void killAt(LaunchPoint last) {
    LaunchPoint.hook(
        point -> {
          if (point == last) {
            throw new KilledLaunch(point);
          }
        });
  }

  /** Kills no launch any more. */
  public static void killNone() {
    LaunchPoint.hook(point -> {});
  }

  /** Undoes all of it. */
  public static void reset() {
    killNone();
    DataflowJob.pollAsUsual();
    CallRepetition.repeatAsUsual();
  }
}
