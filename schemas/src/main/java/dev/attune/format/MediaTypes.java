package dev.attune.format;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** Which endings of paths mean which media type; each provider has a file of its own. */
public final class MediaTypes {
  private MediaTypes() {}

  /**
   * Media types by ending, from {@code media-types.properties} beside a class.
   *
   * @throws UncheckedIOException if the file cannot be read
   */
  public static Map<String, String> beside(Class<?> format) {
    var properties = new Properties();
    try (var in = format.getResourceAsStream("media-types.properties")) {
      if (in == null) {
        throw new IllegalStateException("no media-types.properties beside " + format.getName());
      }
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> types = new HashMap<>();
    for (String ending : properties.stringPropertyNames()) {
      types.put(ending, properties.getProperty(ending));
    }
    return Map.copyOf(types);
  }
}
