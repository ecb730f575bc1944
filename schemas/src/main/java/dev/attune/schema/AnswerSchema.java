package dev.attune.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/**
 * A JSON Schema that a user wrote, for answers of models and for arguments of tools. The draft is
 * the one that its {@code $schema} names, by default 2020-12. Nothing is fetched from the network.
 */
public final class AnswerSchema {
  private static final String META = "https://json-schema.org/draft/2020-12/schema";

  private static final String CYCLE = "a $ref or $dynamicRef leads to itself";

  private final JsonNode document;
  private final Schema compiled;

  private AnswerSchema(JsonNode document, Schema compiled) {
    this.document = document;
    this.compiled = compiled;
  }

  /**
   * Returns why a document is no usable JSON Schema; empty for one that {@link #of} accepts.
   *
   * @return a part of a sentence: {@code /type must be …}
   */
  public static Optional<String> fault(JsonNode document) {
    if (!document.isObject()) {
      return Optional.of("it is not a JSON object");
    }
    try {
      SchemaRegistry registry = registry();
      if (document.path("$schema").asText(META).startsWith(META)) {
        List<SchemaFault> faults =
            registry.getSchema(SchemaLocation.of(META)).validate(document).stream()
                .map(SchemaFault::of)
                .toList();
        if (!faults.isEmpty()) {
          return Optional.of(faults.get(0).toString());
        }
      }
      Schema compiled = registry.getSchema(document);
      compiled.initializeValidators();
      if (ReferenceCycle.isIn(document)) {
        return Optional.of(CYCLE);
      }
      compiled.validate(NullNode.getInstance());
      return Optional.empty();
    } catch (StackOverflowError e) {
      return Optional.of(CYCLE);
    } catch (SchemaException e) {
      if (e.getCause() instanceof IOException) {
        return Optional.of("a $ref names another file or address; put its content under $defs");
      }
      if (e.getCause() instanceof PatternSyntaxException pattern) {
        return Optional.of("a pattern is no regular expression: " + pattern.getDescription());
      }
      return Optional.of(Printable.shortened(String.valueOf(e.getMessage()), 200));
    }
  }

  /**
   * Returns the schema of a document.
   *
   * @throws IllegalArgumentException if it is none; see {@link #fault}
   */
  public static AnswerSchema of(JsonNode document) {
    fault(document)
        .ifPresent(
            fault -> {
              throw new IllegalArgumentException(fault);
            });
    return new AnswerSchema(document.deepCopy(), registry().getSchema(document));
  }

  /** Returns the schema as it was written. */
  public JsonNode document() {
    return document.deepCopy();
  }

  /** Returns every fault of a value, without quoting it; empty for a valid one. */
  public List<SchemaFault> faults(JsonNode value) {
    return compiled.validate(value).stream().map(SchemaFault::of).distinct().toList();
  }

  private static SchemaRegistry registry() {
    return SchemaRegistry.withDefaultDialect(
        SpecificationVersion.DRAFT_2020_12,
        builder ->
            builder
                .schemaLoader(loader -> loader.fetchRemoteResources(false))
                .schemaRegistryConfig(
                    SchemaRegistryConfig.builder().locale(Locale.ENGLISH).build()));
  }
}
