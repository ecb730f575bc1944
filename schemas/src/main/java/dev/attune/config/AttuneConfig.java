package dev.attune.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.config.effect.Decides;
import dev.attune.config.effect.DecidingKeys;
import dev.attune.config.jdbc.JdbcRules;
import dev.attune.schema.CanonicalJson;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * attune.yaml, read and checked.
 *
 * @param dataset the part that decides what the dataset holds
 * @param effective the whole configuration with its defaults, keys in the schema's order, numbers
 *     in one form, no secrets
 * @param folder the folder of attune.yaml
 * @param named the files of input that it names, with their lines
 */
public record AttuneConfig(
    DatasetConfig dataset, JsonNode effective, Path folder, NamedFiles named) {
  private static final String JDBC_URL = "jdbcUrl";

  /** Equal are two that say the same, in whatever lines. */
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

  /** A path or pattern of the configuration from the folder of attune.yaml. */
  public Path resolve(String path) {
    return folder.resolve(path).normalize();
  }

  /** {@code tuning.baseModel}, or null. */
  public @Nullable String baseModel() {
    return tuning().baseModel();
  }

  /** How a model is tuned. */
  public TuningConfig tuning() {
    return ConfigRecords.tuning(effective.path("tuning"));
  }

  /** How a model is evaluated, and what it must reach. */
  public EvaluationConfig evaluation() {
    return ConfigRecords.evaluation(effective.path("evaluation"));
  }

  /** Where the ledger is. */
  public LedgerConfig ledger() {
    return ConfigRecords.ledger(effective.path("ledger"));
  }

  /**
   * The effective configuration as a manifest has it: a jdbcUrl without its options and without a
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

  /** The file whose line {@code FINETUNED_MODEL_ID=} a promotion sets. */
  public Path envFile() {
    return resolve(effective.at("/promotion/envFile").asText());
  }

  /**
   * The keys that decide this and their values, as bytes that depend on nothing else: neither on
   * the order of keys in attune.yaml nor on how a number is written.
   */
  public byte[] deciding(Decides what) {
    return CanonicalJson.pretty(DecidingKeys.pick(effective, what));
  }
}
