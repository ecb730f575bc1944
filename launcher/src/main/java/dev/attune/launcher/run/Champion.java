package dev.attune.launcher.run;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.ledger.Datasets;
import dev.attune.launcher.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The model in use, and the dataset that it was tuned on, on which the next one is built.
 *
 * @param model its id
 * @param dataset or null: it is no longer where it was
 */
record Champion(String model, @Nullable DatasetDirectory dataset) {

  /** That of a dataset's name, if a model of it is in use. */
  static Optional<Champion> find(Ledger ledger, String name, Shell shell)
      throws CommandFailure, IOException {
    Optional<String> model = ledger.promotions().champion(name);
    if (model.isEmpty()) {
      return Optional.empty();
    }
    String fingerprint = ledger.jobs().get(model.orElseThrow()).spec().dataset();
    for (Datasets.Entry entry : ledger.datasets().all(fingerprint)) {
      if (Files.exists(entry.directory().resolve("manifest.json"))) {
        DatasetDirectory there = DatasetDirectory.open(entry.directory(), shell);
        return Optional.of(new Champion(model.orElseThrow(), there));
      }
    }
    return Optional.of(new Champion(model.orElseThrow(), null));
  }

  /** Whether it was made of the same sources by the same configuration. */
  boolean isOf(String sourcesFingerprint) {
    return dataset != null && dataset.manifest().sourcesFingerprint().equals(sourcesFingerprint);
  }
}
