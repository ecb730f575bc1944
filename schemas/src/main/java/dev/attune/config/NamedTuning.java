package dev.attune.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.config.NamedFiles.Named;
import dev.attune.config.TuningConfig.BackEnd;
import dev.attune.message.Messages;
import dev.attune.schema.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The keys about tuning of an attune.yaml. Also available for a file with faults, so that a command
 * that tunes can report missing keys together with its other faults.
 */
public final class NamedTuning {
  private static final String TUNING = "/tuning";
  private static final String BACK_END = TUNING + "/backEnd";
  private static final List<String> NEEDED = List.of("project", "location", "bucket", "baseModel");

  private final ConfigTree config;
  private final @Nullable Named baseModel;
  private final @Nullable Named baseModels;

  NamedTuning(ConfigTree config, @Nullable Named baseModel, @Nullable Named baseModels) {
    this.config = config;
    this.baseModel = baseModel;
    this.baseModels = baseModels;
  }

  public @Nullable Named baseModel() {
    return baseModel;
  }

  /** Returns the path of a user's file of base models, or null. */
  public @Nullable Named baseModels() {
    return baseModels;
  }

  /**
   * Returns whether Vertex AI tunes.
   *
   * @param ordered the back end of the command line; null for the configured one
   */
  public boolean isHosted(@Nullable BackEnd ordered) {
    JsonNode backEnd = config.at(BACK_END);
    String configured =
        backEnd.isMissingNode() ? ConfigSchema.defaultText(BACK_END) : backEnd.asText();
    return (ordered == null ? configured : ordered.name().toLowerCase(Locale.ROOT))
        .equals("vertex");
  }

  /**
   * Returns a fault for each missing key that a hosted back end needs.
   *
   * @param ordered the back end of the command line; null for the configured one
   */
  public List<ConfigFault> faults(@Nullable BackEnd ordered) {
    JsonNode tuning = config.at(TUNING);
    boolean readable = tuning.isObject() || (tuning.isMissingNode() && config.at("").isObject());
    if (!isHosted(ordered) || !readable) {
      return List.of();
    }
    List<String> missing = new ArrayList<>(NEEDED);
    tuning.fieldNames().forEachRemaining(missing::remove);
    List<String> known = ConfigSchema.keys(TUNING);
    for (String key : (Iterable<String>) tuning::fieldNames) {
      if (!known.contains(key)) {
        // The fault of the unknown key already suggests this one.
        NearestName.of(key, missing).ifPresent(missing::remove);
      }
    }
    return missing.stream()
        .map(
            key ->
                new ConfigFault(
                    config.line(TUNING),
                    TUNING + "/" + key,
                    Messages.of("schemas.config.vertex-key", key, key)))
        .toList();
  }
}
