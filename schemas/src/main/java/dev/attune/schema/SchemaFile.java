package dev.attune.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The JSON Schemas (draft 2020-12) of the files that users write and read. Each is loaded once from
 * the class path; nothing is fetched from the network.
 */
public enum SchemaFile {
  ATTUNE("attune"),
  FEEDBACK_RECORD("feedback-record"),
  OBSERVATION("observation"),
  GENERATED_SAMPLE("generated-sample"),
  IMPROVEMENT("improvement"),
  REJECTED_RECORD("rejected-record"),
  LINEAGE("lineage"),
  MANIFEST("manifest"),
  TAXONOMY("taxonomy"),
  CHECK_REPORT("check-report"),
  BASE_MODELS("base-models"),
  TEXT_MODEL_PRICES("text-model-prices"),
  ESTIMATE("estimate"),
  EVALUATION("evaluation"),
  JUDGED_EVALUATION("judged-evaluation"),
  MODELS("models"),
  PROMOTION("promotion"),
  JOBS("jobs"),
  FAILURE("failure"),
  TUNING_ORDER("tuning-order"),
  PERSONA("persona"),
  TOOLS("tools"),
  ANSWER("answer"),
  CONTEXT_CACHES("context-caches");

  private static final Map<SchemaFile, Loaded> LOADED = new ConcurrentHashMap<>();

  private final String file;

  SchemaFile(String name) {
    this.file = name + ".schema.json";
  }

  /** Returns the name of the file, for example {@code manifest.schema.json}. */
  public String file() {
    return file;
  }

  /** Returns a copy of the schema. */
  public JsonNode document() {
    return loaded().document().deepCopy();
  }

  /** Returns every fault of a document in the order of the schema's keys; empty for a valid one. */
  public List<SchemaFault> validate(JsonNode node) {
    return loaded().compiled().validate(node).stream().map(SchemaFault::of).distinct().toList();
  }

  /** Returns the schema to which a part of this document refers, or the part itself. */
  public JsonNode resolved(JsonNode part) {
    JsonNode reference = part.path("$ref");
    return reference.isMissingNode()
        ? part
        : loaded().document().at(reference.asText().substring(1)).deepCopy();
  }

  /** Returns one step of a JSON pointer (RFC 6901, section 4). */
  public static String escape(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  private Loaded loaded() {
    return LOADED.computeIfAbsent(this, SchemaFile::load);
  }

  private static Loaded load(SchemaFile schema) {
    try {
      JsonNode document = CanonicalJson.read(ClassResource.bytes(SchemaFile.class, schema.file));
      return new Loaded(document, Registry.INSTANCE.getSchema(document));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(schema.file + " is not JSON", e);
    }
  }

  private record Loaded(JsonNode document, Schema compiled) {}

  /** Created with the first schema; always in English. */
  private static final class Registry {
    private static final SchemaRegistry INSTANCE =
        SchemaRegistry.withDialect(
            // The keyword of attune.schema.json that is not a rule about a value.
            Dialect.builder(Dialects.getDraft202012())
                .keyword(new NonValidationKeyword("decides"))
                .build(),
            builder ->
                builder
                    .schemaLoader(loader -> loader.fetchRemoteResources(false))
                    .schemaRegistryConfig(
                        SchemaRegistryConfig.builder().locale(Locale.ENGLISH).build()));
  }
}
