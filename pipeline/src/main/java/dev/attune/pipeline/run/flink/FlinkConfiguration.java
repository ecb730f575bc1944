package dev.attune.pipeline.run.flink;

import dev.attune.filesystem.AtomicFile;
import dev.attune.filesystem.FileMode;
import dev.attune.pipeline.prepare.RunnerOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * Writes the configuration file of Flink, for a cluster in this process or for a client. Beam takes
 * it as a folder, which is created in the temporary folder of the run and removed with it.
 */
public final class FlinkConfiguration {
  private static final String FOLDER = "flink";
  private static final String FILE = "config.yaml";

  // Per slot; Flink's defaults are for all slots together. With less network memory a run fails
  // with
  // "Insufficient number of network buffers", with less sorting memory with "The record exceeds the
  // maximum size of a sort buffer": to Flink all values of one bucket are one record, e.g. 100,000
  // texts of one template, 90 MB. Up to twenty sorts share the sorting memory; memory that is not
  // written to is not taken from the machine.
  private static final int NETWORK_MEGABYTES = 128;
  private static final int SORTING_MEGABYTES = 4096;

  // All servers listen on loopback; by default the file server listens on all interfaces. The
  // timeouts allow for a crowded machine, where a step may start 10 seconds after its consumer and
  // a
  // thread may not respond for a minute. Compression between steps is off: there is no network, and
  // it took a tenth of the processor time.
  private static final String EMBEDDED =
      """
      jobmanager.rpc.address: 127.0.0.1
      jobmanager.bind-host: 127.0.0.1
      taskmanager.host: 127.0.0.1
      taskmanager.bind-host: 127.0.0.1
      rest.address: 127.0.0.1
      rest.bind-address: 127.0.0.1
      heartbeat.timeout: 3600000
      pekko.ask.timeout: 10 min
      taskmanager.network.request-backoff.max: 60000
      taskmanager.network.batch-shuffle.compression.enabled: false
      """;

  // By default the DataStream API chooses the parallelism of a step by its input size, and reads a
  // list of files with one worker. Set for clusters as well.
  private static final String COMMON =
      """
      jobmanager.scheduler: Default
      """;

  // Detects a dead job manager after about 10 seconds instead of a minute.
  private static final String CLIENT =
      """
      rest.connection-timeout: 5000
      rest.retry.delay: 2000
      rest.retry.max-attempts: 5
      """;

  private FlinkConfiguration() {}

  /** Sets the folder, unless the runner is not Flink or the options already name a folder. */
  public static void apply(PipelineOptions options, Path temporary) throws IOException {
    if (options.getRunner() != FlinkRunner.class) {
      return;
    }
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    if (flink.getFlinkConfDir() != null) {
      return;
    }
    Path folder = temporary.toAbsolutePath().resolve(FOLDER);
    FileMode.PRIVATE.createFolder(folder);
    String content =
        COMMON + (RunnerOptions.isEmbedded(options) ? embedded(folder, flink) : CLIENT);
    AtomicFile.replace(
        folder.resolve(FILE), FileMode.PRIVATE, content.getBytes(StandardCharsets.UTF_8));
    flink.setFlinkConfDir(folder.toString());
  }

  /** Returns the settings of an embedded cluster, which spills to the folder: /tmp may be small. */
  private static String embedded(Path folder, FlinkPipelineOptions options) {
    int slots = options.getParallelism();
    int network = Math.max(2, slots) * NETWORK_MEGABYTES;
    String sized =
        EMBEDDED
            + "taskmanager.numberOfTaskSlots: %d\n".formatted(slots)
            + "taskmanager.memory.network.min: %dmb\n".formatted(network)
            + "taskmanager.memory.network.max: %dmb\n".formatted(network)
            + "taskmanager.memory.managed.size: %dmb\n".formatted(slots * SORTING_MEGABYTES);
    String place = folder.toString();
    // Flink would split such a path into several.
    return place.contains(",") || place.contains(":")
        ? sized
        : sized + "io.tmp.dirs: '" + place.replace("'", "''") + "'\n";
  }
}
