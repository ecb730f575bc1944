package dev.attune.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorageClientTest {
  @AfterEach
  void restore() {
    StorageClient.configure(System.getenv());
    StorageClient.tellOfRepetitions(sentence -> {});
    StorageClient.repeatFor(Duration.ofSeconds(50));
  }

  @Test
  void tellsOnceThatCallsAreRepeatedAndThenWhereNothingAnswers() throws IOException {
    String address;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      address = "http://127.0.0.1:" + taken.getLocalPort();
    }
    StorageClient.configure(Map.of(StorageClient.ENDPOINT, address));
    StorageClient.repeatFor(Duration.ofSeconds(1));
    List<String> told = new ArrayList<>();
    StorageClient.tellOfRepetitions(told::add);
    Place object = Place.of("gs://team-files/attune.yaml", Place.of(Path.of("")));

    assertThatThrownBy(object::isFile)
        .isInstanceOf(UnansweredCallException.class)
        .hasMessage(
            "Cloud Storage at %s did not answer for %s (Connection refused): start the server, or"
                + " correct ATTUNE_STORAGE_ENDPOINT, and run the command again",
            address, object);
    assertThat(told)
        .containsExactly(
            "Cloud Storage at %s does not answer (Connection refused); trying again for up to 1 s"
                .formatted(address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "127.0.0.1:4443",
        "http://",
        "http://127.0.0.1:99999",
        "ftp://127.0.0.1:21",
        "http://a b",
      })
  void refusesAnAddressOfAnEmulatorThatIsNone(String address) throws IOException {
    StorageClient.configure(Map.of(StorageClient.ENDPOINT, address));
    Place object = Place.of("gs://team-files/attune.yaml", Place.of(Path.of("")));

    assertThatThrownBy(object::isFile)
        .isInstanceOf(PlaceException.class)
        .hasMessageStartingWith("ATTUNE_STORAGE_ENDPOINT is \"" + address + "\"");
  }
}
