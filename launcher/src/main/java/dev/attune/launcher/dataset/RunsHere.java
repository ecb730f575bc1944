package dev.attune.launcher.dataset;

import dev.attune.config.AttuneConfig;
import dev.attune.config.DatasetConfig;
import dev.attune.config.DatasetConfig.OutputConfig;
import dev.attune.launcher.console.Shell;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Settles what depends on where a command runs: {@code --output}. The effective configuration,
 * which the manifest repeats, stays as it was written, so that the same input makes the same
 * dataset wherever it is put.
 */
final class RunsHere {
  private RunsHere() {}

  static AttuneConfig settle(AttuneConfig config, @Nullable Path output, Shell shell) {
    if (output == null) {
      return config;
    }
    DatasetConfig written = config.dataset();
    OutputConfig place =
        new OutputConfig(
            shell.resolve(output).toString(), written.output().format(), written.output().mode());
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
