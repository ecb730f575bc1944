package dev.attune.launcher.dataset;

import dev.attune.config.AttuneConfig;
import dev.attune.config.DatasetConfig;
import dev.attune.config.DatasetConfig.OutputConfig;
import dev.attune.launcher.console.Shell;
import dev.attune.place.Place;
import org.jspecify.annotations.Nullable;

/**
 * Applies {@code --output} to a configuration. The effective configuration in the manifest is not
 * changed, so that the same input gives the same dataset in any directory.
 */
final class RunsHere {
  private RunsHere() {}

  static AttuneConfig settle(AttuneConfig config, @Nullable Place output, Shell shell) {
    if (output == null) {
      return config;
    }
    DatasetConfig written = config.dataset();
    OutputConfig place =
        new OutputConfig(output.toString(), written.output().format(), written.output().mode());
    DatasetConfig settled =
        new DatasetConfig(
            written.dataset(),
            written.task(),
            written.systemInstruction(),
            written.taxonomy(),
            written.sources(),
            written.rules(),
            place);
    return new AttuneConfig(settled, config.effective(), config.folder(), config.named());
  }
}
