package dev.attune.launcher.console;

import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.attune.place.Place;
import dev.attune.schema.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;

/**
 * Writes the JSON documents of commands and of evaluation.json from records.
 *
 * <p>A record becomes an object whose members have the names and the order of its components; maps
 * and lists keep their order. Null is written as {@code null}. Numbers have one form, so that 7.0
 * is written as 7; NaN is not allowed. Paths, dates and instants are written by {@code toString()},
 * and enums by their name.
 */
public final class JsonDocument {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .addModule(
              new SimpleModule()
                  .addSerializer(Place.class, ToStringSerializer.instance)
                  .addSerializer(LocalDate.class, ToStringSerializer.instance)
                  .addSerializer(Instant.class, ToStringSerializer.instance))
          .build();

  private JsonDocument() {}

  /**
   * Returns an empty object for the members of a document, which may be records ({@code putPOJO}).
   */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** Returns a record, map or tree as an indented document that ends with a line feed. */
  public static String text(Object document) {
    return new String(bytes(document), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(Object document) {
    return CanonicalJson.pretty(node(document));
  }

  /** Returns the name of an enum constant as documents and options write it. */
  public static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** Returns a duration in seconds, to the millisecond. */
  public static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  /** Returns a record, map or object node as a tree, to extend it or to embed it in another. */
  public static ObjectNode node(Object document) {
    return (ObjectNode) CanonicalJson.normal(MAPPER.valueToTree(document));
  }
}
