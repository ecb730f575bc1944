package dev.attune.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.client.json.GenericJson;
import com.google.api.client.json.gson.GsonFactory;
import java.io.IOException;
import java.util.Map;

/** Reads JSON with a service's own model classes, and refuses what these do not know. */
final class StrictJson {
  private StrictJson() {}

  static <T extends GenericJson> T read(String json, Class<T> type) throws IOException {
    T read = GsonFactory.getDefaultInstance().fromString(json, type);
    assertNothingUnknown(read);
    return read;
  }

  private static void assertNothingUnknown(Object value) {
    if (value instanceof GenericJson object) {
      assertThat(object.getUnknownKeys()).as(object.getClass().getSimpleName()).isEmpty();
      object.values().forEach(StrictJson::assertNothingUnknown);
    } else if (value instanceof Iterable<?> list) {
      list.forEach(StrictJson::assertNothingUnknown);
    } else if (value instanceof Map<?, ?> map) {
      map.values().forEach(StrictJson::assertNothingUnknown);
    }
  }
}
