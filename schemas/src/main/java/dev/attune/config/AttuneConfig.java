package dev.attune.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.config.effect.Decides;
import dev.attune.config.effect.DecidingKeys;
import dev.attune.config.jdbc.JdbcRules;
import dev.attune.config.textmodel.ImprovementConfig;
import dev.attune.config.textmodel.ModelConfig;
import dev.attune.config.textmodel.SpendingConfig;
import dev.attune.config.textmodel.TextModelRecords;
import dev.attune.place.Place;
import dev.attune.place.PlaceException;
import dev.attune.schema.CanonicalJson;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A valid attune.yaml.
 *
 * @param dataset the part that decides the content of the dataset
 * @param effective the whole configuration with its defaults, keys in the schema's order, numbers
 *     in one form, no secrets
 * @param folder the folder of attune.yaml
 * @param named the input files that it names, with their lines
 */
public record AttuneConfig(
    DatasetConfig dataset, JsonNode effective, Place folder, NamedFiles named) {
  private static final String JDBC_URL = "jdbcUrl";

  /** Compares the values; lines and comments of the file do not count. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AttuneConfig config
        && dataset.equals(config.dataset)
        && effective.equals(config.effective)
        && folder.equals(config.folder);
  }

  @Override
  public int hashCode() {
    return Objects.hash(dataset, effective, folder);
  }

  /** Resolves a place of the configuration against the folder of attune.yaml. */
  public Place resolve(String place) {
    try {
      return Place.of(place, folder);
    } catch (PlaceException e) {
      throw new IllegalArgumentException("refused when attune.yaml was read", e);
    }
  }

  /** Returns {@code tuning.baseModel}, or null. */
  public @Nullable String baseModel() {
    return tuning().baseModel();
  }

  /** Returns the section {@code tuning}. */
  public TuningConfig tuning() {
    return ConfigRecords.tuning(effective.path("tuning"));
  }

  /** Returns the section {@code dataflow}; project and region default to those of tuning. */
  public DataflowConfig dataflow() {
    return ConfigRecords.dataflow(
        ConfigSchema.filledSection("dataflow", effective.path("dataflow")), tuning().place());
  }

  /** Returns the section {@code evaluation}. */
  public EvaluationConfig evaluation() {
    return ConfigRecords.evaluation(effective.path("evaluation"));
  }

  /** Returns the section {@code models}: text models by their keys, in the order of the file. */
  public Map<String, ModelConfig> models() {
    return TextModelRecords.models(effective.path("models"));
  }

  /** Returns the section {@code spending}. */
  public SpendingConfig spending() {
    return TextModelRecords.spending(effective.path("spending"));
  }

  /** Returns the section {@code improvement}, or null if there is none. */
  public @Nullable ImprovementConfig improvement() {
    return ConfigRecords.improvement(effective.path("improvement"));
  }

  /** Returns the section {@code ledger}. */
  public LedgerConfig ledger() {
    return ConfigRecords.ledger(effective.path("ledger"));
  }

  /**
   * Returns the effective configuration for the manifest: every jdbcUrl lacks its options and its
   * user.
   */
  public JsonNode published() {
    JsonNode published = effective.deepCopy();
    for (String place : List.of("/sources/feedback", "/ledger")) {
      if (published.at(place) instanceof ObjectNode object && object.has(JDBC_URL)) {
        object.put(JDBC_URL, JdbcRules.shown(object.path(JDBC_URL).asText()));
      }
    }
    return published;
  }

  /** Returns the file in which a promotion sets {@code FINETUNED_MODEL_ID=}. */
  public Place envFile() {
    return resolve(effective.at("/promotion/envFile").asText());
  }

  /**
   * Returns the keys that decide something, with their values, as bytes. The order of keys in
   * attune.yaml and the notation of numbers do not change the bytes.
   */
  public byte[] deciding(Decides what) {
    return CanonicalJson.pretty(DecidingKeys.pick(effective, what));
  }
}
