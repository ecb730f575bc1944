package dev.attune.pipeline;

/** Is told how far prepare is, from the calling thread. */
@FunctionalInterface
public interface PrepareProgress {
  /** It begins to read, with this runner. */
  default void running(PrepareRunner runner) {}

  /**
   * How many records have been read.
   *
   * @param records so far, or -1 while the runner does not say
   */
  void read(long records);
}
