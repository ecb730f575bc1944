package dev.attune.launcher.dataset;

import dev.attune.config.AttuneConfig;
import dev.attune.config.DatasetConfig;
import dev.attune.config.DatasetConfig.OutputConfig;
import dev.attune.config.SourcesConfig;
import dev.attune.config.SourcesConfig.Connection;
import dev.attune.config.SourcesConfig.Feedback;
import dev.attune.launcher.console.Shell;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Settles what depends on where a command runs: {@code --output}, and the place of an H2 database.
 * The effective configuration, which the manifest repeats, stays as it was written, so that the
 * same input makes the same dataset wherever it is put.
 */
final class RunsHere {
  private static final String H2_FILE = "jdbc:h2:file:";

  private RunsHere() {}

  static AttuneConfig settle(AttuneConfig config, @Nullable Path output, Shell shell) {
    DatasetConfig written = config.dataset();
    OutputConfig place =
        output == null
            ? written.output()
            : new OutputConfig(shell.resolve(output).toString(), written.output().format());
    DatasetConfig settled =
        new DatasetConfig(
            written.dataset(),
            written.task(),
            written.systemInstruction(),
            written.taxonomy(),
            sources(written.sources(), config.folder()),
            written.rules(),
            place);
    return new AttuneConfig(settled, config.effective(), config.folder());
  }

  private static SourcesConfig sources(SourcesConfig sources, Path folder) {
    Feedback feedback = sources.feedback();
    if (feedback == null) {
      return sources;
    }
    Connection connection = feedback.connection();
    Connection here =
        new Connection(
            jdbcUrl(connection.jdbcUrl(), folder),
            connection.username(),
            connection.passwordEnv(),
            connection.passwordSecret());
    return new SourcesConfig(
        new Feedback(
            here,
            feedback.table(),
            feedback.query(),
            feedback.columns(),
            feedback.partitionColumn(),
            feedback.improvements()),
        sources.observations(),
        sources.generated());
  }

  /**
   * H2 takes {@code ./} as the current directory; paths in attune.yaml are relative to the file.
   */
  static String jdbcUrl(String url, Path folder) {
    String path = url.startsWith(H2_FILE) ? url.substring(H2_FILE.length()) : "";
    if (!path.startsWith("./") && !path.startsWith("../")) {
      return url;
    }
    int options = path.indexOf(';');
    String file = options < 0 ? path : path.substring(0, options);
    String rest = options < 0 ? "" : path.substring(options);
    return H2_FILE + folder.resolve(file).normalize() + rest;
  }
}
