package dev.attune.pipeline.run.flink;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.message.Messages;
import dev.attune.pipeline.prepare.PrepareClusterException;
import dev.attune.pipeline.prepare.PrepareProgress;
import dev.attune.pipeline.prepare.PrepareRefusedException;
import dev.attune.pipeline.prepare.PrepareStage;
import dev.attune.pipeline.prepare.RunnerOptions;
import dev.attune.place.Place;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.util.construction.resources.PipelineResources;
import org.jspecify.annotations.Nullable;

/** A Flink cluster outside this process, and the job that runs on it. */
public final class FlinkCluster {
  private static final int DEFAULT_PORT = 8081;

  // The Beam runner supports one minor version of Flink.
  private static final String VERSION = "1.19";

  // Jars that a cluster has, or that only the tuning back ends need: a third of the rest.
  private static final List<String> NOT_SENT =
      List.of("flink-", "google-cloud-aiplatform-", "proto-google-cloud-aiplatform-", "tribuo-");

  private static final Set<String> ENDED =
      Set.of("FINISHED", "CANCELED", "FAILED", "SUSPENDED", "CANCELLING");

  private static final Duration POLL_INTERVAL = Duration.ofSeconds(3);

  private final String address;
  private final FlinkPipelineOptions options;
  private final FlinkRest rest;
  private long polledAt = System.nanoTime() - POLL_INTERVAL.toNanos();

  private FlinkCluster(String address, FlinkPipelineOptions options, FlinkRest rest) {
    this.address = address;
    this.options = options;
    this.rest = rest;
  }

  /**
   * Returns the cluster that the options name, or null if they name none.
   *
   * @throws PrepareRefusedException if the address is not valid
   */
  public static @Nullable FlinkCluster of(PipelineOptions options) throws PrepareRefusedException {
    if (options.getRunner() != FlinkRunner.class || RunnerOptions.isEmbedded(options)) {
      return null;
    }
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    String address = flink.getFlinkMaster();
    try {
      URI typed = new URI(address.contains("://") ? address : "http://" + address);
      if (typed.getHost() != null && Set.of("http", "https").contains(typed.getScheme())) {
        int port = typed.getPort() < 0 ? DEFAULT_PORT : typed.getPort();
        URI place = new URI(typed.getScheme(), null, typed.getHost(), port, "/", null, null);
        return new FlinkCluster(address, flink, new FlinkRest(place));
      }
    } catch (URISyntaxException e) {
      throw noAddress(address, e);
    }
    throw noAddress(address, null);
  }

  private static PrepareRefusedException noAddress(String address, @Nullable Throwable cause) {
    return PrepareRefusedException.ofUsage(Messages.of("pipeline.cluster.address", address), cause);
  }

  /**
   * Checks that the cluster can run a pipeline, and sets the parallelism to its number of slots if
   * the options do not set it. Flink's client would try for a minute and print pages of text.
   *
   * @throws PrepareRefusedException if it does not respond, has another version or too few slots
   */
  public void requireUsable() throws PrepareRefusedException {
    JsonNode overview;
    try {
      overview = rest.get("overview");
    } catch (IOException e) {
      throw new PrepareRefusedException(Messages.of("pipeline.cluster.silent", address), e);
    }
    String version = overview.path("flink-version").asText();
    if (!version.startsWith(VERSION + ".")) {
      throw new PrepareRefusedException(
          Messages.of("pipeline.cluster.version", address, version, VERSION));
    }
    int slots = overview.path("slots-total").asInt();
    if (slots < Math.max(1, options.getParallelism())) {
      throw new PrepareRefusedException(Messages.of("pipeline.cluster.slots", address, slots));
    }
    if (options.getParallelism() < 1) {
      options.setParallelism(slots);
    }
  }

  /**
   * Names the job after its target folder, selects the jars for its workers, and cancels a job that
   * a killed process left on the cluster for this folder. The caller must hold the lock of the run.
   */
  public void prepareFor(Place target) {
    byte[] place = target.toString().getBytes(StandardCharsets.UTF_8);
    options.setJobName("attune-" + target.name() + "-" + UUID.nameUUIDFromBytes(place).toString());
    if (options.getFilesToStage() == null) {
      options.setFilesToStage(jars());
    }
    cancel();
  }

  /** Returns the jars of this process that workers need. */
  private List<String> jars() {
    return PipelineResources.detectClassPathResourcesToStage(
            FlinkRunner.class.getClassLoader(), options)
        .stream()
        .filter(jar -> isSent(String.valueOf(Path.of(jar).getFileName())))
        .toList();
  }

  private static boolean isSent(String jar) {
    return NOT_SENT.stream().noneMatch(jar::startsWith);
  }

  /** Cancels the job if it is running and the cluster responds. */
  public void cancel() {
    try {
      for (JsonNode job : rest.get("jobs/overview").path("jobs")) {
        if (job.path("name").asText().equals(options.getJobName())
            && !ENDED.contains(job.path("state").asText())) {
          rest.patch("jobs/" + job.path("jid").asText() + "?mode=cancel");
        }
      }
    } catch (IOException e) {
      // The caller is ending, or will detect that the cluster is lost.
      return;
    }
  }

  /** Reports the number of finished tasks; queries the cluster every few seconds. */
  public void report(PrepareProgress progress) {
    long now = System.nanoTime();
    if (now - polledAt < POLL_INTERVAL.toNanos()) {
      return;
    }
    polledAt = now;
    try {
      for (JsonNode job : rest.get("jobs/overview").path("jobs")) {
        if (job.path("name").asText().equals(options.getJobName())
            && !ENDED.contains(job.path("state").asText())) {
          JsonNode tasks = job.path("tasks");
          progress.at(
              PrepareStage.CLUSTER, tasks.path("finished").asLong(), tasks.path("total").asLong());
          return;
        }
      }
      progress.at(PrepareStage.CLUSTER, -1, 0);
    } catch (IOException e) {
      // The runner detects a lost cluster.
      progress.at(PrepareStage.CLUSTER, -1, 0);
    }
  }

  /** Returns the exception for a failure of the job. */
  public PrepareClusterException failure(Throwable cause) {
    boolean lost;
    try {
      rest.get("overview");
      lost = FlinkFault.isOfLostJob(cause);
    } catch (IOException e) {
      lost = true;
    }
    return new PrepareClusterException(
        lost
            ? Messages.of("pipeline.cluster.lost", address)
            : Messages.of("pipeline.cluster.failed", address, FlinkFault.reason(cause)),
        cause);
  }
}
