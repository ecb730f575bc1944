package dev.attune.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.pipeline.prepare.PrepareClusterException;
import dev.attune.pipeline.run.dataflow.LaunchesInTests;
import dev.attune.testing.dataflowapi.DataflowCall.Kind;
import dev.attune.testing.http.LoopbackServer;
import dev.attune.testing.http.StubReply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Addresses at which no Dataflow service answers. */
@Timeout(60)
class UnreachableServiceTest {
  @TempDir private Path folder;
  private SubmittedRuns runs;

  @BeforeEach
  void start() throws IOException {
    runs = new SubmittedRuns(folder);
    LaunchesInTests.giveUpSoon();
  }

  @AfterEach
  void stop() {
    runs.close();
  }

  @Test
  void saysWhereNothingListens() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      runs.endpoint = "http://127.0.0.1:" + taken.getLocalPort() + "/";
    }
    isToldAndRefused("Connection refused");
  }

  @Test
  void saysWhichHostDoesNotExist() {
    runs.endpoint = "http://dataflow.invalid/";
    isToldAndRefused("host not found: dataflow.invalid");
  }

  @Test
  void recognisesTheWebPageOfAProxy() throws IOException {
    LoopbackServer proxy = new LoopbackServer(0, "proxy");
    try (proxy) {
      proxy.start(request -> StubReply.text(502, "<html>Bad gateway</html>"));
      runs.endpoint = proxy.url() + "/";
      isToldAndRefused("status 502 with a web page, as a proxy sends it");
    }
  }

  private void isToldAndRefused(String cause) {
    assertThatThrownBy(() -> runs.run())
        .isInstanceOf(PrepareClusterException.class)
        .hasMessageStartingWith(
            "The Dataflow service at %s does not answer (%s): check ", runs.endpoint, cause);
    assertThat(runs.told)
        .containsExactly(
            "The Dataflow service at %s does not answer (%s); trying again for up to 1 s"
                .formatted(runs.endpoint, cause));
  }

  @Test
  void usesNoMetricOutsideAPipeline() throws Exception {
    List<String> logged = new CopyOnWriteArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            logged.add(line.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger metrics = Logger.getLogger("org.apache.beam.sdk.metrics.MetricsEnvironment");
    metrics.addHandler(handler);
    try {
      runs.service.faults().on(Kind.LIST).nth(1).fail(503);
      runs.run();
    } finally {
      metrics.removeHandler(handler);
    }
    assertThat(logged).isEmpty();
    assertThat(runs.service.jobs()).hasSize(1);
  }
}
