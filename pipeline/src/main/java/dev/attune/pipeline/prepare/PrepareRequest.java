package dev.attune.pipeline.prepare;

import dev.attune.config.AttuneConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call of prepare.
 *
 * @param config a configuration without faults
 * @param runId {@code [a-z0-9][a-z0-9-]{0,62}}, or null: the first 12 hex digits of the input
 *     fingerprint
 * @param limit the first so many records of each source by hash, or null: all
 * @param environment where names of password variables are looked up
 * @param runner what executes it, or null: what suits the size of the input
 * @param beamOptions options for Beam, as typed, e.g. {@code --targetParallelism=2}
 * @param previous the directory of the dataset to build on, or null
 */
public record PrepareRequest(
    AttuneConfig config,
    @Nullable String runId,
    @Nullable Long limit,
    Map<String, String> environment,
    @Nullable PrepareRunner runner,
    List<String> beamOptions,
    @Nullable Path previous) {
  /** Building on no dataset. */
  public PrepareRequest(
      AttuneConfig config,
      @Nullable String runId,
      @Nullable Long limit,
      Map<String, String> environment,
      @Nullable PrepareRunner runner,
      List<String> beamOptions) {
    this(config, runId, limit, environment, runner, beamOptions, null);
  }

  public PrepareRequest {
    environment = Map.copyOf(environment);
    beamOptions = List.copyOf(beamOptions);
  }

  /** The same, building on the dataset in that directory, or on none. */
  public PrepareRequest buildingOn(@Nullable Path dataset) {
    return new PrepareRequest(config, runId, limit, environment, runner, beamOptions, dataset);
  }
}
