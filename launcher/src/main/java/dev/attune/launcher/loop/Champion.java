package dev.attune.launcher.loop;

import dev.attune.config.TuningConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.ledger.Datasets;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.tuning.TuningSpec;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The model in use, and its dataset, on which the next dataset is built.
 *
 * @param model the id of the model
 * @param spec the spec of its tuning job
 * @param dataset the dataset, or null if its directory is gone
 */
public record Champion(String model, TuningSpec spec, @Nullable DatasetDirectory dataset) {

  /** Returns the champion of a dataset, or empty if no model of it is in use. */
  static Optional<Champion> find(Ledger ledger, String name, Shell shell)
      throws CommandFailure, IOException {
    Optional<String> model = ledger.promotions().champion(name);
    if (model.isEmpty()) {
      return Optional.empty();
    }
    TuningSpec spec = ledger.jobs().get(model.orElseThrow()).spec();
    for (Datasets.Entry entry : ledger.datasets().all(spec.dataset())) {
      if (entry.directory().resolve("manifest.json").isFile()) {
        DatasetDirectory there = DatasetDirectory.open(entry.directory(), shell);
        return Optional.of(new Champion(model.orElseThrow(), spec, there));
      }
    }
    return Optional.of(new Champion(model.orElseThrow(), spec, null));
  }

  /** Returns the part of a sentence that says which model is in use, e.g. after a refusal. */
  public static String inUse(@Nullable String champion) {
    return champion == null ? "no model is in use" : champion + " stays in use";
  }

  /** Returns whether its dataset was made from the current sources and configuration. */
  boolean isMadeFrom(String sourcesFingerprint) {
    return dataset != null && dataset.manifest().sourcesFingerprint().equals(sourcesFingerprint);
  }

  /** Returns whether it was tuned with the base model and the parameters of a configuration. */
  boolean isTunedAs(TuningConfig tuning) {
    boolean local = tuning.backEnd() == TuningConfig.BackEnd.LOCAL;
    return spec.backEnd().equals(tuning.backEnd().name().toLowerCase(Locale.ROOT))
        && spec.baseModel().equals(local ? TuningConfig.LOCAL_BASE_MODEL : tuning.baseModel())
        && spec.hyperparameters().equals(tuning.hyperparameters());
  }
}
