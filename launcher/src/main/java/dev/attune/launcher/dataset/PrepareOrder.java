package dev.attune.launcher.dataset;

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
 * @param beamOptions what stood behind {@code --}
 */
public record PrepareOrder(
    Path config,
    @Nullable Path output,
    @Nullable String runId,
    @Nullable Long limit,
    List<String> beamOptions) {
  public PrepareOrder {
    beamOptions = List.copyOf(beamOptions);
  }
}
