package dev.attune.place;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorageClientTest {
  @AfterEach
  void restore() {
    StorageClient.configure(System.getenv());
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
