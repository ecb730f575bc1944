package dev.attune.format;

import dev.attune.schema.ClassResource;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** Reads the table of a provider's media types by the ending of a path. */
public final class MediaTypes {
  private MediaTypes() {}

  /** Returns media types by ending, from {@code media-types.properties} beside a class. */
  public static Map<String, String> beside(Class<?> format) {
    Properties properties = ClassResource.properties(format, "media-types.properties");
    return properties.stringPropertyNames().stream()
        .collect(Collectors.toUnmodifiableMap(ending -> ending, properties::getProperty));
  }
}
