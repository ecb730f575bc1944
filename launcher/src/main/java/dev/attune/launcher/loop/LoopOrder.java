package dev.attune.launcher.loop;

import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.PrepareOrder;
import dev.attune.launcher.dataset.Prepared;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a loop is asked for.
 *
 * @param prepare what to prepare
 * @param maxCostUsd instead of {@code tuning.maxCostUsd}, or null
 * @param again whether to create another tuning job where the last one failed, expired or was
 *     cancelled
 * @param force whether to do all of it again, for a change of the sources that nobody can see
 * @param json whether stdout takes one JSON document and nothing else
 * @param summary says on stdout what was prepared, where {@code json} allows it
 */
public record LoopOrder(
    PrepareOrder prepare,
    @Nullable Double maxCostUsd,
    boolean again,
    boolean force,
    boolean json,
    DatasetPrint summary) {
  /** An order with the usual summary. */
  public LoopOrder(
      PrepareOrder prepare,
      @Nullable Double maxCostUsd,
      boolean again,
      boolean force,
      boolean json) {
    this(
        prepare, maxCostUsd, again, force, json, (prepared, shell) -> prepared.print(shell, false));
  }

  /** Says what was prepared. */
  @FunctionalInterface
  public interface DatasetPrint {
    /** Prints to stdout. */
    void print(Prepared prepared, Shell shell) throws IOException;
  }

  /** attune.yaml as typed. */
  public Path config() {
    return prepare.config();
  }
}
