package dev.attune.pipeline.prepare;

import dev.attune.config.AttuneConfig;
import dev.attune.place.Place;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to prepare a dataset.
 *
 * @param config a configuration without faults
 * @param runId {@code [a-z0-9][a-z0-9-]{0,62}}, or null for the first 12 hex digits of the input
 *     fingerprint
 * @param limit maximum number of records per source, chosen by hash, or null for all
 * @param environment values of the environment variables that the configuration names
 * @param runner the Beam runner, or null to choose one by the size of the input
 * @param beamOptions options for Beam, as typed, e.g. {@code --localParallelism=2}
 * @param previous directory of the dataset whose examples are carried over, or null
 */
public record PrepareRequest(
    AttuneConfig config,
    @Nullable String runId,
    @Nullable Long limit,
    Map<String, String> environment,
    @Nullable PrepareRunner runner,
    List<String> beamOptions,
    @Nullable Place previous) {
  public PrepareRequest {
    environment = Map.copyOf(environment);
    beamOptions = List.copyOf(beamOptions);
  }
}
