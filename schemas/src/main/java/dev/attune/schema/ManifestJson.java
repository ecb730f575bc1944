package dev.attune.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.message.Messages;
import dev.attune.schema.DatasetManifest.CategoryCount;
import dev.attune.schema.DatasetManifest.FeedbackRows;
import dev.attune.schema.DatasetManifest.Identity;
import dev.attune.schema.DatasetManifest.Improvements;
import dev.attune.schema.DatasetManifest.MadeBy;
import dev.attune.schema.DatasetManifest.Previous;
import dev.attune.schema.DatasetManifest.PublishedFile;
import dev.attune.schema.DatasetManifest.RecordCounts;
import dev.attune.schema.DatasetManifest.Sources;
import dev.attune.schema.DatasetManifest.SplitOverlap;
import dev.attune.schema.DatasetManifest.Tokens;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Converts a manifest between its records and JSON. Jackson maps each record; this class places the
 * objects in a fixed order and reads the older form.
 */
final class ManifestJson {
  private static final String RULES = "rules";
  private static final BigDecimal NEWEST = BigDecimal.valueOf(DatasetManifest.SCHEMA_VERSION);
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private ManifestJson() {}

  static ObjectNode write(DatasetManifest manifest) {
    Integer rules = manifest.versions().rules();
    if (rules == null) {
      throw new IllegalStateException("a manifest without a rules version is not written");
    }
    ObjectNode root = JSON.createObjectNode();
    root.put("schemaVersion", DatasetManifest.SCHEMA_VERSION);
    root.setAll(object(manifest.identity()));
    root.set("counts", object(manifest.counts()));
    Previous previous = manifest.sources().previous();
    if (previous != null) {
      root.set("previous", object(previous));
    }
    FeedbackRows feedback = manifest.sources().feedback();
    if (feedback != null && feedback.improvementCounts() != null) {
      root.set("improvements", object(feedback.improvementCounts()));
    }
    root.set("redacted", object(manifest.redacted()));
    root.set("categories", object(manifest.categories()));
    root.set("split", object(manifest.split()));
    root.set("tokens", object(manifest.tokens()));
    root.set("files", JSON.valueToTree(manifest.files()));
    root.set("sources", object(manifest.sources()));
    root.set("config", manifest.config());
    root.putObject("versions").put(RULES, rules).setAll(object(manifest.versions().versions()));
    return root;
  }

  private static ObjectNode object(Object value) {
    return JSON.valueToTree(value);
  }

  static DatasetManifest read(byte[] json) {
    JsonNode root;
    try {
      root = CanonicalJson.read(json);
    } catch (JsonProcessingException e) {
      throw new ManifestException(Messages.of("schemas.manifest.not-json"), false, e);
    }
    JsonNode version = root.path("schemaVersion");
    if (version.isIntegralNumber() && version.decimalValue().compareTo(NEWEST) > 0) {
      throw new ManifestException(
          Messages.of(
              "schemas.manifest.newer",
              Printable.shortened(version.asText()),
              DatasetManifest.SCHEMA_VERSION),
          true,
          null);
    }
    List<SchemaFault> faults = SchemaFile.MANIFEST.validate(root);
    if (!faults.isEmpty()) {
      throw new ManifestException(
          Messages.of("schemas.manifest.damaged", faults.get(0)), false, null);
    }
    try {
      RecordCounts counts = JSON.treeToValue(root.path("counts"), RecordCounts.class);
      if (!counts.balanced()) {
        throw new ManifestException(Messages.of("schemas.manifest.counts"), false, null);
      }
      return manifest(root, counts);
    } catch (JsonProcessingException e) {
      throw new ManifestException(Messages.of("schemas.manifest.number"), false, e);
    }
  }

  private static DatasetManifest manifest(JsonNode root, RecordCounts counts)
      throws JsonProcessingException {
    return new DatasetManifest(
        JSON.treeToValue(root, Identity.class),
        counts,
        JSON.treeToValue(root.path("redacted"), new TypeReference<Map<String, Long>>() {}),
        JSON.treeToValue(
            root.path("categories"), new TypeReference<Map<String, CategoryCount>>() {}),
        split(root),
        JSON.treeToValue(root.path("tokens"), Tokens.class),
        JSON.treeToValue(root.path("files"), new TypeReference<List<PublishedFile>>() {}),
        sources(root),
        root.path("config"),
        madeBy(root.path("versions")));
  }

  private static SplitOverlap split(JsonNode root) throws JsonProcessingException {
    SplitOverlap split = JSON.treeToValue(root.path("split"), SplitOverlap.class);
    // Without near duplicates, version 1 counted equal normal forms under this key.
    boolean otherFigure =
        root.path("schemaVersion").asInt() == DatasetManifest.OLDEST_SCHEMA_VERSION
            && !root.at("/config/duplicates/near").asBoolean(true);
    return otherFigure
        ? new SplitOverlap(
            split.groupsAcrossSplits(),
            split.promptsAcrossSplits(),
            split.beginningsAcrossSplits(),
            null)
        : split;
  }

  private static Sources sources(JsonNode root) throws JsonProcessingException {
    Sources sources = JSON.treeToValue(root.path("sources"), Sources.class);
    if (root.has("improvements")) {
      sources = sources.improvedBy(JSON.treeToValue(root.path("improvements"), Improvements.class));
    }
    return root.has("previous")
        ? sources.buildingOn(JSON.treeToValue(root.path("previous"), Previous.class))
        : sources;
  }

  private static MadeBy madeBy(JsonNode versions) {
    Map<String, String> others = new LinkedHashMap<>();
    versions.properties().forEach(e -> others.put(e.getKey(), e.getValue().asText()));
    others.remove(RULES);
    JsonNode rules = versions.path(RULES);
    return new MadeBy(rules.isInt() ? rules.asInt() : null, others);
  }
}
