package dev.attune.pipeline.prepare;

/** Is told how far prepare is, by any thread. */
@FunctionalInterface
public interface PrepareProgress {
  /** Tells nobody. */
  PrepareProgress NONE = (stage, done, total) -> {};

  /** It begins to read, with this runner. */
  default void running(PrepareRunner runner) {}

  /**
   * How far it is.
   *
   * @param stage at work
   * @param done of what the stage counts, or -1 where that is not known
   * @param total of it; 0 where that is not known, and an estimate but for files
   */
  void at(PrepareStage stage, long done, long total);
}
