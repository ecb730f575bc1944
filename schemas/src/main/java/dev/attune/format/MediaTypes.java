package dev.attune.format;

import dev.attune.schema.ClassResource;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** Reads the table of a provider's media types by the ending of a path. */
public final class MediaTypes {
  private MediaTypes() {}

  /** Returns the entries of {@code media-types.properties} beside a class. */
  public static Map<String, String> beside(Class<?> format) {
    return read(format, "media-types.properties");
  }

  /** Returns the entries of a properties file beside a class. */
  public static Map<String, String> read(Class<?> beside, String file) {
    Properties properties = ClassResource.properties(beside, file);
    return properties.stringPropertyNames().stream()
        .collect(Collectors.toUnmodifiableMap(ending -> ending, properties::getProperty));
  }
}
