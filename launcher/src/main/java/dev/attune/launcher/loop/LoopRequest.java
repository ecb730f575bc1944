package dev.attune.launcher.loop;

import dev.attune.config.TuningConfig;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.PrepareOrder;
import dev.attune.launcher.dataset.PreparedDataset;
import dev.attune.place.Place;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The request of a run.
 *
 * @param prepare the request for the preparation
 * @param maxCostUsd what the whole run may cost; replaces the caps of the configuration, or null
 * @param again whether to create another tuning job if the last one failed, expired or was
 *     cancelled
 * @param force whether to run all steps again, for a change of the sources that cannot be detected
 * @param json whether to print one JSON document to stdout and nothing else
 * @param summary prints the prepared dataset to stdout unless {@code json} is set
 */
public record LoopRequest(
    PrepareOrder prepare,
    @Nullable Double maxCostUsd,
    boolean again,
    boolean force,
    boolean json,
    DatasetPrint summary) {
  /** Prints a prepared dataset. */
  @FunctionalInterface
  public interface DatasetPrint {
    /** Prints to stdout. */
    void print(PreparedDataset prepared, Shell shell) throws IOException;
  }

  /**
   * Returns a way of tuning within what is left of the budget.
   *
   * @param spentUsd by this run before
   */
  TuningConfig capped(TuningConfig tuning, BigDecimal spentUsd) {
    return maxCostUsd == null
        ? tuning
        : tuning.withMaxCostUsd(Math.max(0, maxCostUsd - spentUsd.doubleValue()));
  }

  /** Returns the path of attune.yaml as typed. */
  public Place config() {
    return prepare.config();
  }
}
