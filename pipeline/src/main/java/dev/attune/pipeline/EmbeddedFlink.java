package dev.attune.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a Flink in this process. Beam hands one on only as a folder with a file; it
 * is gone when this is closed.
 */
final class EmbeddedFlink implements AutoCloseable {
  private static final String FILE = "config.yaml";

  // Everything on loopback: by default the server of files listens on all interfaces. Network
  // memory is fixed, since its share of a large machine's memory is too small for many threads.
  private static final String CONFIG =
      """
      jobmanager.rpc.address: 127.0.0.1
      jobmanager.bind-host: 127.0.0.1
      taskmanager.host: 127.0.0.1
      taskmanager.bind-host: 127.0.0.1
      rest.address: 127.0.0.1
      rest.bind-address: 127.0.0.1
      taskmanager.memory.network.min: 256mb
      taskmanager.memory.network.max: 256mb
      """;

  private final PipelineOptions options;
  private final @Nullable Path folder;

  private EmbeddedFlink(PipelineOptions options, @Nullable Path folder) {
    this.options = options;
    this.folder = folder;
  }

  /** The options as they are, unless they ask for Flink in this process and name no folder. */
  static EmbeddedFlink configure(PipelineOptions options) throws IOException {
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    if (options.getRunner() != FlinkRunner.class
        || !RunnerOptions.isEmbedded(options)
        || flink.getFlinkConfDir() != null) {
      return new EmbeddedFlink(options, null);
    }
    Path folder = Files.createTempDirectory("attune-flink-");
    Files.writeString(folder.resolve(FILE), CONFIG);
    flink.setFlinkConfDir(folder.toString());
    return new EmbeddedFlink(options, folder);
  }

  /** The options, with the folder. */
  PipelineOptions configured() {
    return options;
  }

  @Override
  public void close() throws IOException {
    if (folder != null) {
      Files.deleteIfExists(folder.resolve(FILE));
      Files.deleteIfExists(folder);
    }
  }
}
