package dev.attune.pipeline.run.flink;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.junit.jupiter.api.Test;

class ClosedRestServerTest {
  @Test
  @SuppressWarnings("try") // closing may be interrupted
  void answersNobody() throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
    configuration.set(RestOptions.ADDRESS, "127.0.0.1");
    configuration.set(RestOptions.BIND_PORT, "0");
    MiniClusterConfiguration cluster =
        new MiniClusterConfiguration.Builder()
            .setConfiguration(configuration)
            .setNumTaskManagers(1)
            .setNumSlotsPerTaskManager(1)
            .build();
    try (MiniCluster flink = new MiniCluster(cluster)) {
      flink.start();
      URI address = flink.getRestAddress().get();
      HttpClient client = HttpClient.newHttpClient();
      HttpRequest overview = HttpRequest.newBuilder(address.resolve("/overview")).build();
      assertThatThrownBy(() -> client.send(overview, BodyHandlers.ofString()))
          .isInstanceOf(IOException.class);
    }
  }
}
