package dev.attune.pipeline.run;

/** How records are joined with their units and neighbourhoods in tests. */
public final class JoinsInTests {
  private JoinsInTests() {}

  /** Joins by key, as on Dataflow above two million records. */
  public static void byKey() {
    EngineSizing.alwaysJoinByKey(true);
  }

  public static void reset() {
    EngineSizing.alwaysJoinByKey(false);
  }
}
