package dev.attune.launcher.dataset;

import dev.attune.pipeline.prepare.PrepareRunner;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to prepare, as typed.
 *
 * @param config attune.yaml
 * @param output instead of the configuration's output.directory, or null
 * @param runId or null: made from the input
 * @param limit the first so many records of each source by hash, or null: all
 * @param runner or null: what suits the size of the input
 * @param beamOptions what stood behind {@code --}
 * @param previous the dataset to build on, or null
 */
public record PrepareOrder(
    Path config,
    @Nullable Path output,
    @Nullable String runId,
    @Nullable Long limit,
    @Nullable PrepareRunner runner,
    List<String> beamOptions,
    @Nullable Path previous) {
  /** Building on no dataset. */
  public PrepareOrder(
      Path config,
      @Nullable Path output,
      @Nullable String runId,
      @Nullable Long limit,
      @Nullable PrepareRunner runner,
      List<String> beamOptions) {
    this(config, output, runId, limit, runner, beamOptions, null);
  }

  public PrepareOrder {
    beamOptions = List.copyOf(beamOptions);
  }

  /** The same, building on that dataset, or on none. */
  public PrepareOrder buildingOn(@Nullable Path dataset) {
    return new PrepareOrder(config, output, runId, limit, runner, beamOptions, dataset);
  }
}
