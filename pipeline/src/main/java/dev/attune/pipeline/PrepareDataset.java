package dev.attune.pipeline;

import java.util.function.LongConsumer;

/** From three sources to a published dataset: the table of contents of the pipeline. */
public final class PrepareDataset {
  private PrepareDataset() {}

  /**
   * Runs the pipeline and waits for it.
   *
   * @param progress told now and then how many records have been read, from a thread of its own
   * @throws PrepareRefusedException if nothing was published for a reason that the user can mend
   */
  @SuppressWarnings("NullAway")
  public static PrepareResult run(PrepareRequest request, LongConsumer progress)
      throws PrepareRefusedException {
    if (request != null) {
      throw new PrepareRefusedException("prepare is being built");
    }
    return null;
  }
}
