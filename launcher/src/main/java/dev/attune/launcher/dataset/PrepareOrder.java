package dev.attune.launcher.dataset;

import dev.attune.pipeline.prepare.PrepareRunner;
import dev.attune.place.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of {@code attune prepare}.
 *
 * @param config path of attune.yaml
 * @param output replaces output.directory, or null
 * @param runId null for an id made from the input
 * @param limit maximum number of records per source, or null
 * @param runner null to choose by the size of the input
 * @param beamOptions options after {@code --}
 * @param previous previous dataset, or null
 */
public record PrepareOrder(
    Place config,
    @Nullable Place output,
    @Nullable String runId,
    @Nullable Long limit,
    @Nullable PrepareRunner runner,
    List<String> beamOptions,
    @Nullable Place previous) {
  public PrepareOrder {
    beamOptions = List.copyOf(beamOptions);
  }

  /** The same, building on that dataset, or on none. */
  public PrepareOrder buildingOn(@Nullable Place dataset) {
    return new PrepareOrder(config, output, runId, limit, runner, beamOptions, dataset);
  }
}
