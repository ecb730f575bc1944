package dev.attune.pipeline;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/**
 * A Flink cluster in other processes.
 *
 * @param address host and port of its job manager, as typed
 */
record FlinkCluster(String address) {
  private static final int CONNECT_MILLIS = 10_000;
  private static final int DEFAULT_PORT = 8081;

  /** The cluster that the options name, or null where they name none. */
  static @Nullable FlinkCluster of(PipelineOptions options) {
    return options.getRunner() == FlinkRunner.class && !RunnerOptions.isEmbedded(options)
        ? new FlinkCluster(options.as(FlinkPipelineOptions.class).getFlinkMaster())
        : null;
  }

  /** Flink's client would try for a minute and then fail with pages of text. */
  void requireReachable() throws PrepareRefusedException {
    try (Socket socket = new Socket()) {
      URI uri = new URI("flink://" + address.replaceFirst("^https?://", ""));
      int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
      socket.connect(new InetSocketAddress(String.valueOf(uri.getHost()), port), CONNECT_MILLIS);
    } catch (IOException | URISyntaxException | IllegalArgumentException e) {
      throw new PrepareRefusedException(
          "No Flink job manager answers at "
              + address
              + "; see that the cluster is running, or correct --flinkMaster.",
          e);
    }
  }

  /** What a failure of a run on this cluster is called. */
  PrepareClusterException lost(Throwable cause) {
    return new PrepareClusterException(
        "The Flink cluster at "
            + address
            + " was lost or gave the run up, and nothing was published: see the job manager's log"
            + " and run the same command again.",
        cause);
  }
}
