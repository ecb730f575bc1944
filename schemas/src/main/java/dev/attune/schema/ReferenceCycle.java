package dev.attune.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Finds references of a JSON Schema that lead back to where they stand without a step into the
 * value, so that a check of a value never ends. References to a JSON pointer or an anchor of the
 * same document are followed; a dynamic one may lead to each anchor of its name.
 */
final class ReferenceCycle {
  private static final List<String> REFS = List.of("$ref", "$dynamicRef", "$recursiveRef");
  private static final List<String> ANCHORS = List.of("$anchor", "$dynamicAnchor");
  private static final List<String> LISTS = List.of("allOf", "anyOf", "oneOf");
  private static final List<String> SCHEMAS = List.of("not", "if", "then", "else");
  private static final Set<String> VALUES = Set.of("const", "enum", "default", "examples");

  private final JsonNode document;
  private final Set<JsonNode> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<JsonNode> done = Collections.newSetFromMap(new IdentityHashMap<>());

  private ReferenceCycle(JsonNode document) {
    this.document = document;
  }

  /** Returns whether there is one anywhere in a schema. */
  static boolean isIn(JsonNode document) {
    return new ReferenceCycle(document).isBelow(document);
  }

  private boolean isBelow(JsonNode node) {
    return (node.isObject() && leadsBack(node))
        || node.properties().stream()
            .filter(property -> !VALUES.contains(property.getKey()))
            .anyMatch(property -> isBelow(property.getValue()))
        || (node.isArray() && elements(node).anyMatch(this::isBelow));
  }

  /** Follows what a schema applies to the same value. */
  private boolean leadsBack(JsonNode schema) {
    if (!schema.isObject() || done.contains(schema)) {
      return false;
    }
    if (!open.add(schema)) {
      return true;
    }
    boolean found =
        Stream.of(
                REFS.stream().flatMap(ref -> targets(schema.path(ref))),
                SCHEMAS.stream().map(schema::path),
                LISTS.stream().flatMap(list -> elements(schema.path(list))),
                elements(schema.path("dependentSchemas")))
            .flatMap(schemas -> schemas)
            .anyMatch(this::leadsBack);
    open.remove(schema);
    done.add(schema);
    return found;
  }

  /** Returns the schemas that a reference may lead to; none outside of this document. */
  private Stream<JsonNode> targets(JsonNode reference) {
    String text = reference.asText("");
    if (text.equals("#")) {
      return Stream.of(document);
    }
    if (!text.startsWith("#")) {
      return Stream.empty();
    }
    String fragment =
        URLDecoder.decode(text.substring(1).replace("+", "%2B"), StandardCharsets.UTF_8);
    return fragment.startsWith("/") ? Stream.of(document.at(fragment)) : anchored(fragment);
  }

  private Stream<JsonNode> anchored(String name) {
    return ANCHORS.stream()
        .flatMap(anchor -> document.findParents(anchor).stream())
        .filter(node -> ANCHORS.stream().anyMatch(it -> node.path(it).asText("").equals(name)));
  }

  private static Stream<JsonNode> elements(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false);
  }
}
