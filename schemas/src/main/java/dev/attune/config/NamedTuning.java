package dev.attune.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.config.NamedFiles.Named;
import dev.attune.config.TuningConfig.BackEnd;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an attune.yaml says about tuning, with the lines where it does: as far as it can be read, so
 * that what is missing for tuning is told together with its other faults. Only whoever tunes asks.
 *
 * @param line of the key tuning, from 1
 * @param backEnd as written, or that of the default
 * @param missing the keys that a hosted back end needs and that are left out
 * @param baseModel or null
 * @param baseModels a user's file of base models, or null
 */
public record NamedTuning(
    int line,
    String backEnd,
    List<String> missing,
    @Nullable Named baseModel,
    @Nullable Named baseModels) {
  private static final String TUNING = "/tuning";
  private static final String BACK_END = TUNING + "/backEnd";
  private static final List<String> NEEDED = List.of("project", "location", "bucket", "baseModel");

  public NamedTuning {
    missing = List.copyOf(missing);
  }

  static NamedTuning of(YamlTree config) {
    JsonNode tuning = config.root().at(TUNING);
    List<String> missing = new ArrayList<>();
    if (tuning.isObject() || (tuning.isMissingNode() && config.root().isObject())) {
      missing.addAll(NEEDED);
    }
    List<String> known = ConfigSchema.keys(TUNING);
    for (Iterator<String> keys = tuning.fieldNames(); keys.hasNext(); ) {
      String key = keys.next();
      missing.remove(key);
      if (!known.contains(key)) {
        // One mistake, one sentence: the unknown key is told with the one that is meant.
        NearestKey.of(key, missing).ifPresent(missing::remove);
      }
    }
    JsonNode backEnd = config.root().at(BACK_END);
    return new NamedTuning(
        config.line(TUNING),
        backEnd.isMissingNode() ? ConfigSchema.defaultText(BACK_END) : backEnd.asText(),
        missing,
        NamedFiles.named(config, TUNING + "/baseModel"),
        NamedFiles.named(config, TUNING + "/baseModels"));
  }

  /**
   * Whether Vertex AI tunes.
   *
   * @param ordered what was typed, or null: what is configured
   */
  public boolean isHosted(@Nullable BackEnd ordered) {
    String meant = ordered == null ? backEnd : ordered.name().toLowerCase(Locale.ROOT);
    return meant.equals("vertex");
  }

  /**
   * A fault for each key that tuning needs and that is left out.
   *
   * @param ordered the back end that was typed, or null: the configured one
   */
  public List<ConfigFault> faults(@Nullable BackEnd ordered) {
    return isHosted(ordered)
        ? missing.stream()
            .map(
                key ->
                    new ConfigFault(
                        line,
                        TUNING + "/" + key,
                        "back end vertex needs tuning." + key + "; add the key " + key))
            .toList()
        : List.of();
  }
}
