package dev.attune.pipeline.run.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.attune.pipeline.prepare.PrepareRefusedException;
import dev.attune.pipeline.prepare.PrepareRunner;
import dev.attune.pipeline.prepare.RunnerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.flink.runtime.client.JobExecutionException;
import org.apache.flink.util.SerializedThrowable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests with simulated job managers; FlinkClusterIT of the launcher has real ones. */
class FlinkClusterTest {
  private HttpServer server;
  private volatile String answer = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    for (String path : List.of("/overview", "/jobs/overview")) {
      server.createContext(
          path,
          exchange -> {
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
    }
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void takesAllSlotsUnlessToldOtherwise() throws Exception {
    answer = overview("1.19.3", 5);

    assertThat(usable().getParallelism()).isEqualTo(5);
    assertThat(usable("--parallelism=4").getParallelism()).isEqualTo(4);
  }

  @Test
  void saysWhatIsWrongWithACluster() {
    refuses(overview("1.20.1", 5), "has version 1.20.1: start one of version 1.19.");
    refuses(
        overview("1.19.0", 0),
        "has 0 task slots: start more workers, or ask for fewer with -- --parallelism=N.");
    refuses(
        overview("1.19.0", 2),
        "has 2 task slots: start more workers, or ask for fewer with -- --parallelism=N.",
        "--parallelism=3");
  }

  @Test
  void knowsAJobManagerFromAnotherServer() {
    answer = "<html>Welcome to nginx!</html>";
    assertThatThrownBy(this::usable)
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessage(
            "No Flink job manager answers at "
                + address()
                + ": start the cluster, or correct --flinkMaster.");
  }

  @Test
  void tellsHowManyTasksOfItsOwnRunHaveEnded() throws Exception {
    PipelineOptions options = options("--jobName=attune-mine");
    List<String> told = new ArrayList<>();
    answer =
        """
        {"jobs": [
          {"name": "attune-other", "state": "RUNNING", "tasks": {"total": 9, "finished": 1}},
          {"name": "attune-mine", "state": "RUNNING", "tasks": {"total": 40, "finished": 12}}]}
        """;
    FlinkCluster cluster = cluster(options);
    cluster.report((stage, done, total) -> told.add(stage + " " + done + "/" + total));
    // A second call at once does not query the cluster.
    cluster.report((stage, done, total) -> told.add("too often"));
    assertThat(told).containsExactly("CLUSTER 12/40");

    server.stop(0);
    cluster(options).report((stage, done, total) -> told.add(stage + " " + done + "/" + total));
    assertThat(told).containsExactly("CLUSTER 12/40", "CLUSTER -1/0");
  }

  @Test
  void repeatsWhatFlinkSaysOfItself() throws Exception {
    answer = overview("1.19.0", 1);
    assertThat(failure(new IOException("No space left on device")))
        .isEqualTo(
            "The Flink cluster at "
                + address()
                + " failed the job with IOException: No space left on device, and nothing was"
                + " published: correct that and run the same command again.");
    // The message of a parser may quote a record.
    assertThat(failure(new IllegalArgumentException("bad: my secret")))
        .contains(" failed the job with IllegalArgumentException, and ");
  }

  private String failure(Exception innermost) throws Exception {
    Throwable thrown =
        new RuntimeException(
            "Pipeline execution failed",
            new JobExecutionException(
                null, "Job failed", new SerializedThrowable(new Exception("step", innermost))));
    return String.valueOf(cluster(options()).failure(thrown).getMessage());
  }

  private void refuses(String overview, String sentence, String... typed) {
    answer = overview;
    assertThatThrownBy(() -> usable(typed))
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessage("The Flink cluster at " + address() + " " + sentence);
  }

  private FlinkPipelineOptions usable(String... typed) throws PrepareRefusedException {
    PipelineOptions options = options(typed);
    cluster(options).requireUsable();
    return options.as(FlinkPipelineOptions.class);
  }

  private static FlinkCluster cluster(PipelineOptions options) throws PrepareRefusedException {
    return Objects.requireNonNull(FlinkCluster.of(options));
  }

  private PipelineOptions options(String... typed) throws PrepareRefusedException {
    List<String> all = new ArrayList<>(List.of(typed));
    all.add("--flinkMaster=" + address());
    return RunnerOptions.of(all, PrepareRunner.FLINK);
  }

  private String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  private static String overview(String version, int slots) {
    return "{\"taskmanagers\":1,\"slots-total\":%d,\"flink-version\":\"%s\"}"
        .formatted(slots, version);
  }
}
