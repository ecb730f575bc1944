package dev.attune.launcher.dataset;

import dev.attune.pipeline.PrepareRunner;
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
 */
public record PrepareOrder(
    Path config,
    @Nullable Path output,
    @Nullable String runId,
    @Nullable Long limit,
    @Nullable PrepareRunner runner,
    List<String> beamOptions) {
  public PrepareOrder {
    beamOptions = List.copyOf(beamOptions);
  }
}
