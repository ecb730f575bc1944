package dev.attune.pipeline.prepare;

import dev.attune.config.AttuneConfig;
import dev.attune.pipeline.stage.RowVersion;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request for rows of feedback that are to be improved.
 *
 * @param config a configuration without faults
 * @param environment values of the environment variables that the configuration names
 * @param limit the most rows, the first ones by hash
 * @param leftOut versions of rows that are left out
 * @param runner {@code LOCAL}, {@code DIRECT} or {@code FLINK} in this process, or null to choose
 *     one by the size of the table
 */
public record ImproveRequest(
    AttuneConfig config,
    Map<String, String> environment,
    int limit,
    List<RowVersion> leftOut,
    @Nullable PrepareRunner runner) {
  public ImproveRequest {
    leftOut = List.copyOf(leftOut);
    environment = Map.copyOf(environment);
  }
}
