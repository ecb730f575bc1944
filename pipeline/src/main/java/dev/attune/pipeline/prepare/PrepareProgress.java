package dev.attune.pipeline.prepare;

/** Receives the progress of prepare, from any thread. */
@FunctionalInterface
public interface PrepareProgress {
  /** Ignores the progress. */
  PrepareProgress NONE = (stage, done, total) -> {};

  /**
   * Called when prepare waits for another process, once for each.
   *
   * @param sentence for what, and for how long
   */
  default void waiting(String sentence) {}

  /**
   * Called when there is something to tell about a job elsewhere: what it will cost, where to look
   * at it, its warnings and errors, what it did cost.
   */
  default void tell(String sentence) {}

  /** Called when the pipeline starts on a runner. */
  default void running(PrepareRunner runner) {}

  /**
   * Called when work was done.
   *
   * @param stage the running stage
   * @param done amount of work done, in the unit of the stage, or -1 if unknown
   * @param total amount of all work, or 0 if unknown; an estimate except for files
   */
  void at(PrepareStage stage, long done, long total);
}
