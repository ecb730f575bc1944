package dev.attune.launcher.dataset;

import dev.attune.catalog.BaseModels;
import dev.attune.catalog.BaseModelsException;
import dev.attune.config.ConfigFault;
import dev.attune.config.NamedFiles;
import dev.attune.config.NamedFiles.Named;
import dev.attune.config.TuningConfig.BackEnd;
import dev.attune.message.Messages;
import dev.attune.schema.Printable;
import java.nio.file.InvalidPathException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds faults of a configuration that concern tuning. */
final class TuningFaults {
  private TuningFaults() {}

  /**
   * Returns a fault if the base model is unknown. It is only reported together with other faults:
   * an existing job continues, and tune refuses a new one by itself.
   *
   * @param ordered the back end of the command line, or null for the configured one
   */
  static List<ConfigFault> unknownModel(NamedFiles files, @Nullable BackEnd ordered) {
    Named model = files.tuning().baseModel();
    if (model == null || !files.tuning().isHosted(ordered)) {
      return List.of();
    }
    BaseModels known;
    try {
      known = known(files);
    } catch (BaseModelsException | InvalidPathException e) {
      return List.of(); // The known models are only known after that file is corrected.
    }
    if (known.find(model.text()).isPresent()) {
      return List.of();
    }
    String shown = Printable.shortened(model.text());
    return List.of(
        model.fault(
            known
                .nearest(model.text())
                .map(near -> Messages.of("launcher.config.model-mistyped", shown, near))
                .orElseGet(() -> Messages.of("launcher.config.model-unknown", shown))));
  }

  private static BaseModels known(NamedFiles files) throws BaseModelsException {
    Named own = files.tuning().baseModels();
    return own == null
        ? BaseModels.bundled()
        : BaseModels.bundled().with(files.folder().resolve(own.text()), own.text());
  }
}
