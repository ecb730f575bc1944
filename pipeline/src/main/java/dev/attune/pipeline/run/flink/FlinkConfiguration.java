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
 * What Flink in this process, or its client here, is told. Beam hands it on only as a folder with a
 * file. The folder stands in the run's temporary folder and goes with it, also after a kill.
 */
public final class FlinkConfiguration {
  private static final String FOLDER = "flink";
  private static final String FILE = "config.yaml";

  // For each slot, as the defaults are for all of them together: with less of the first a run ends
  // in "Insufficient number of network buffers", of the second in "The record exceeds the maximum
  // size of a sort buffer". A record there is what one worker has for a bucket: the identities of a
  // large unit, or 100,000 texts of one template, 90 MB. The second is shared out over up to twenty
  // sorts; what is not written to is never taken from the machine.
  private static final int NETWORK_MEGABYTES = 128;
  private static final int SORTING_MEGABYTES = 4096;

  // Everything on loopback: by default the server of files listens on all interfaces. On a crowded
  // machine a step may begin more than 10 seconds after the one that asks for its output, and who
  // does not answer for a minute is not lost. Nothing is compressed between steps: there is no
  // network, and it took a tenth of the processor time.
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

  // Asked for here, also of a cluster: by default the DataStream API chooses how many workers a
  // step has by the bytes it is given, and reads a list of files with one.
  private static final String COMMON =
      """
      jobmanager.scheduler: Default
      """;

  // A dead job manager is noticed after about 10 seconds, not after a minute.
  private static final String CLIENT =
      """
      rest.connection-timeout: 5000
      rest.retry.delay: 2000
      rest.retry.max-attempts: 5
      """;

  private FlinkConfiguration() {}

  /** Sets it, unless another runner was chosen or the options name a folder of their own. */
  public static void apply(PipelineOptions options, Path temporary) throws IOException {
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    if (options.getRunner() != FlinkRunner.class || flink.getFlinkConfDir() != null) {
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

  /** It spills beside the parts: /tmp is often small, or memory itself. */
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
    // Flink would take such a path for several.
    return place.contains(",") || place.contains(":")
        ? sized
        : sized + "io.tmp.dirs: '" + place.replace("'", "''") + "'\n";
  }
}
