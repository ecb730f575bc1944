package dev.attune.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * What Flink in this process, or its client here, is told. Beam hands it on only as a folder with a
 * file. The folder stands in the run's temporary folder and goes with it, also after a kill.
 */
final class FlinkConfiguration {
  private static final String FOLDER = "flink";
  private static final String FILE = "config.yaml";

  // Everything on loopback: by default the server of files listens on all interfaces. Network
  // memory is fixed, since its share of a large machine's memory is too small for many threads. On
  // a crowded machine a step may begin more than 10 seconds after the one that asks for its output,
  // and nobody is lost who does not answer for a minute. Nothing is compressed between steps: it
  // took a tenth of the processor time, and no network.
  private static final String EMBEDDED =
      """
      jobmanager.rpc.address: 127.0.0.1
      jobmanager.bind-host: 127.0.0.1
      taskmanager.host: 127.0.0.1
      taskmanager.bind-host: 127.0.0.1
      rest.address: 127.0.0.1
      rest.bind-address: 127.0.0.1
      taskmanager.memory.network.min: 256mb
      taskmanager.memory.network.max: 256mb
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
  static void apply(PipelineOptions options, Path temporary) throws IOException {
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    if (options.getRunner() != FlinkRunner.class || flink.getFlinkConfDir() != null) {
      return;
    }
    Path folder = Files.createDirectory(temporary.toAbsolutePath().resolve(FOLDER));
    Files.writeString(
        folder.resolve(FILE),
        COMMON + (RunnerOptions.isEmbedded(options) ? embedded(folder, flink) : CLIENT));
    flink.setFlinkConfDir(folder.toString());
  }

  /** It spills beside the parts: /tmp is often small, or memory itself. */
  private static String embedded(Path folder, FlinkPipelineOptions options) {
    String slots = "taskmanager.numberOfTaskSlots: " + options.getParallelism() + "\n";
    String place = folder.toString();
    // Flink would take such a path for several.
    return place.contains(",") || place.contains(":")
        ? EMBEDDED + slots
        : EMBEDDED + slots + "io.tmp.dirs: '" + place.replace("'", "''") + "'\n";
  }
}
