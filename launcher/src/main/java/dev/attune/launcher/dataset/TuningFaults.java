package dev.attune.launcher.dataset;

import dev.attune.catalog.BaseModels;
import dev.attune.catalog.BaseModelsException;
import dev.attune.config.ConfigFault;
import dev.attune.config.NamedFiles;
import dev.attune.config.NamedFiles.Named;
import dev.attune.config.TuningConfig.BackEnd;
import dev.attune.schema.Printable;
import java.nio.file.InvalidPathException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is wrong with the configuration of whoever tunes. */
final class TuningFaults {
  private TuningFaults() {}

  /**
   * The base model that nobody knows. Alone it is no reason to refuse the configuration: a job that
   * exists goes on, and of another tune says that it is refused.
   *
   * @param ordered the back end that was typed, or null: the configured one
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
      return List.of(); // Nobody can say which are known before that file is mended.
    }
    if (known.find(model.text()).isPresent()) {
      return List.of();
    }
    String near =
        known.nearest(model.text()).map(name -> "; did you mean " + name + "?").orElse("");
    return List.of(
        model.fault(
            "the base model '"
                + Printable.shortened(model.text())
                + "' is not known"
                + (near.isEmpty()
                    ? "; name one that is offered, or describe it in the file that"
                        + " tuning.baseModels names"
                    : near)));
  }

  private static BaseModels known(NamedFiles files) throws BaseModelsException {
    Named own = files.tuning().baseModels();
    return own == null
        ? BaseModels.bundled()
        : BaseModels.bundled().with(files.folder().resolve(own.text()), own.text());
  }
}
