package dev.attune.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.schema.DatasetManifest.CategoryCount;
import dev.attune.schema.DatasetManifest.Counts;
import dev.attune.schema.DatasetManifest.FeedbackRows;
import dev.attune.schema.DatasetManifest.Identity;
import dev.attune.schema.DatasetManifest.Improvements;
import dev.attune.schema.DatasetManifest.MadeBy;
import dev.attune.schema.DatasetManifest.Previous;
import dev.attune.schema.DatasetManifest.PublishedFile;
import dev.attune.schema.DatasetManifest.Read;
import dev.attune.schema.DatasetManifest.Rejected;
import dev.attune.schema.DatasetManifest.SourceFile;
import dev.attune.schema.DatasetManifest.SourceFiles;
import dev.attune.schema.DatasetManifest.Sources;
import dev.attune.schema.DatasetManifest.Split;
import dev.attune.schema.DatasetManifest.Tokens;
import dev.attune.schema.DatasetManifest.Watermark;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The manifest between records and JSON, written out so that the order of keys stands in one place.
 */
final class ManifestJson {
  private static final String RULES = "rules";
  private static final BigDecimal NEWEST = BigDecimal.valueOf(DatasetManifest.SCHEMA_VERSION);

  private ManifestJson() {}

  static ObjectNode write(DatasetManifest manifest) {
    ObjectNode root = object();
    root.put("schemaVersion", DatasetManifest.SCHEMA_VERSION);
    Identity identity = manifest.identity();
    root.put("dataset", identity.dataset());
    root.put("task", identity.task());
    root.put("format", identity.format());
    root.put("runId", identity.runId());
    root.put("fingerprint", identity.fingerprint());
    root.put("inputFingerprint", identity.inputFingerprint());
    root.set("counts", counts(manifest.counts()));
    Previous previous = manifest.sources().previous();
    if (previous != null) {
      root.set("previous", previous(previous));
    }
    FeedbackRows feedback = manifest.sources().feedback();
    Improvements improvements = feedback == null ? null : feedback.improvementCounts();
    if (improvements != null) {
      root.set("improvements", improvements(improvements));
    }
    ObjectNode redacted = root.putObject("redacted");
    manifest.redacted().forEach(redacted::put);
    ObjectNode categories = root.putObject("categories");
    manifest
        .categories()
        .forEach(
            (id, count) ->
                categories
                    .putObject(id)
                    .put("training", count.training())
                    .put("validation", count.validation()));
    root.putObject("split")
        .put("groupsAcrossSplits", manifest.split().groupsAcrossSplits())
        .put("promptsAcrossSplits", manifest.split().promptsAcrossSplits())
        .put("beginningsAcrossSplits", manifest.split().beginningsAcrossSplits())
        .put("nearDuplicatesAcrossSplits", manifest.split().nearDuplicatesAcrossSplits());
    root.putObject("tokens")
        .put("training", manifest.tokens().training())
        .put("validation", manifest.tokens().validation())
        .put("method", manifest.tokens().method());
    ArrayNode files = root.putArray("files");
    for (PublishedFile file : manifest.files()) {
      files
          .addObject()
          .put("name", file.name())
          .put("sha256", file.sha256())
          .put("bytes", file.bytes())
          .put("lines", file.lines());
    }
    root.set("sources", sources(manifest.sources()));
    root.set("config", manifest.config());
    root.set("versions", versions(manifest.versions()));
    return root;
  }

  private static ObjectNode versions(MadeBy by) {
    Integer rules = by.rules();
    if (rules == null) {
      throw new IllegalStateException("a manifest without a rules version is not written");
    }
    ObjectNode result = object().put(RULES, rules);
    by.versions().forEach(result::put);
    return result;
  }

  private static ObjectNode counts(Counts counts) {
    ObjectNode result = object();
    result
        .putObject("read")
        .put("feedback", counts.read().feedback())
        .put("observations", counts.read().observations())
        .put("generated", counts.read().generated())
        .put("total", counts.read().total());
    result.put("training", counts.training());
    result.put("validation", counts.validation());
    ObjectNode rejected = result.putObject("rejected").put("total", counts.rejected().total());
    ObjectNode byReason = rejected.putObject("byReason");
    counts.rejected().byReason().forEach(byReason::put);
    return result;
  }

  private static ObjectNode previous(Previous previous) {
    return object()
        .put("dataset", previous.dataset())
        .put("runId", previous.runId())
        .put("fingerprint", previous.fingerprint())
        .put("inputFingerprint", previous.inputFingerprint())
        .put("sourcesFingerprint", previous.sourcesFingerprint())
        .put("training", previous.training())
        .put("validation", previous.validation());
  }

  private static ObjectNode improvements(Improvements counts) {
    return object()
        .put("read", counts.read())
        .put("used", counts.used())
        .put("withoutRow", counts.withoutRow())
        .put("outdated", counts.outdated())
        .put("notNeeded", counts.notNeeded());
  }

  private static ObjectNode sources(Sources sources) {
    ObjectNode result = object();
    FeedbackRows feedback = sources.feedback();
    if (feedback != null) {
      ObjectNode node = result.putObject("feedback");
      node.putObject("watermark")
          .put("rows", feedback.watermark().rows())
          .put("greatestId", feedback.watermark().greatestId())
          .put("greatestTime", feedback.watermark().greatestTime());
      node.set("improvements", files(feedback.improvements()));
    }
    if (sources.observations() != null) {
      result.putObject("observations").set("files", files(sources.observations().files()));
    }
    if (sources.generated() != null) {
      result.putObject("generated").set("files", files(sources.generated().files()));
    }
    if (sources.taxonomy() != null) {
      result.set("taxonomy", file(sources.taxonomy()));
    }
    return result;
  }

  private static ArrayNode files(List<SourceFile> files) {
    ArrayNode result = JsonNodeFactory.instance.arrayNode();
    files.forEach(file -> result.add(file(file)));
    return result;
  }

  private static ObjectNode file(SourceFile file) {
    ObjectNode result =
        object().put("name", file.name()).put("bytes", file.bytes()).put("sha256", file.sha256());
    Long records = file.records();
    return records == null ? result : result.put("records", records);
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static DatasetManifest read(byte[] json) {
    JsonNode root;
    try {
      root = CanonicalJson.read(json);
    } catch (JsonProcessingException e) {
      throw new ManifestException("The manifest is not valid JSON.", e);
    }
    JsonNode version = root.path("schemaVersion");
    if (version.isIntegralNumber() && version.decimalValue().compareTo(NEWEST) > 0) {
      throw ManifestException.ofNewer(version.asText());
    }
    List<SchemaFault> faults = SchemaFile.MANIFEST.validate(root);
    if (!faults.isEmpty()) {
      throw new ManifestException("The manifest is damaged: " + faults.get(0) + ".");
    }
    Counts counts = counts(root.path("counts"));
    if (!counts.balanced()) {
      throw new ManifestException("The manifest is damaged: its counts do not add up.");
    }
    return manifest(root, counts);
  }

  private static DatasetManifest manifest(JsonNode root, Counts counts) {
    JsonNode tokens = root.path("tokens");
    return new DatasetManifest(
        new Identity(
            root.path("dataset").asText(),
            root.path("task").asText(),
            root.path("format").asText(),
            root.path("runId").asText(),
            root.path("fingerprint").asText(),
            root.path("inputFingerprint").asText()),
        counts,
        map(root.path("redacted"), JsonNode::asLong),
        map(
            root.path("categories"),
            e -> new CategoryCount(e.path("training").asLong(), e.path("validation").asLong())),
        split(root),
        new Tokens(
            tokens.path("training").asLong(),
            tokens.path("validation").asLong(),
            tokens.path("method").asText()),
        list(
            root.path("files"),
            e ->
                new PublishedFile(
                    e.path("name").asText(),
                    e.path("sha256").asText(),
                    e.path("bytes").asLong(),
                    e.path("lines").asLong())),
        sources(root.path("sources"), improvements(root.path("improvements")))
            .buildingOn(previous(root.path("previous"))),
        root.path("config"),
        madeBy(root.path("versions")));
  }

  private static Split split(JsonNode root) {
    JsonNode split = root.path("split");
    // Without near duplicates version 1 counted equal normal forms here, which is another figure.
    boolean otherFigure =
        root.path("schemaVersion").asInt() == DatasetManifest.OLDEST_SCHEMA_VERSION
            && !root.at("/config/duplicates/near").asBoolean(true);
    return new Split(
        split.path("groupsAcrossSplits").asLong(),
        figure(split.path("promptsAcrossSplits")),
        figure(split.path("beginningsAcrossSplits")),
        otherFigure ? null : figure(split.path("nearDuplicatesAcrossSplits")));
  }

  /** A figure, or null where it is unknown: not there, or null. */
  private static @Nullable Long figure(JsonNode node) {
    return node.isNumber() ? node.asLong() : null;
  }

  private static MadeBy madeBy(JsonNode versions) {
    Map<String, String> others = map(versions, JsonNode::asText);
    others.remove(RULES);
    JsonNode rules = versions.path(RULES);
    return new MadeBy(rules.isInt() ? rules.asInt() : null, others);
  }

  private static Counts counts(JsonNode node) {
    JsonNode read = node.path("read");
    JsonNode rejected = node.path("rejected");
    return new Counts(
        new Read(
            read.path("feedback").asLong(),
            read.path("observations").asLong(),
            read.path("generated").asLong(),
            read.path("total").asLong()),
        node.path("training").asLong(),
        node.path("validation").asLong(),
        new Rejected(
            rejected.path("total").asLong(), map(rejected.path("byReason"), JsonNode::asLong)));
  }

  private static @Nullable Improvements improvements(JsonNode node) {
    return node.isMissingNode()
        ? null
        : new Improvements(
            node.path("read").asLong(),
            node.path("used").asLong(),
            node.path("withoutRow").asLong(),
            node.path("outdated").asLong(),
            node.path("notNeeded").asLong());
  }

  private static Sources sources(JsonNode node, @Nullable Improvements improvements) {
    JsonNode feedback = node.path("feedback");
    JsonNode watermark = feedback.path("watermark");
    return new Sources(
        feedback.isMissingNode()
            ? null
            : new FeedbackRows(
                new Watermark(
                    watermark.path("rows").asLong(),
                    text(watermark.path("greatestId")),
                    text(watermark.path("greatestTime"))),
                list(feedback.path("improvements"), ManifestJson::file),
                improvements),
        files(node.path("observations")),
        files(node.path("generated")),
        node.has("taxonomy") ? file(node.path("taxonomy")) : null);
  }

  private static @Nullable Previous previous(JsonNode node) {
    return node.isMissingNode()
        ? null
        : new Previous(
            node.path("dataset").asText(),
            node.path("runId").asText(),
            node.path("fingerprint").asText(),
            node.path("inputFingerprint").asText(),
            node.path("sourcesFingerprint").asText(),
            node.path("training").asLong(),
            node.path("validation").asLong());
  }

  private static @Nullable SourceFiles files(JsonNode source) {
    return source.isMissingNode()
        ? null
        : new SourceFiles(list(source.path("files"), ManifestJson::file));
  }

  private static SourceFile file(JsonNode node) {
    return new SourceFile(
        node.path("name").asText(),
        node.path("bytes").asLong(),
        node.path("sha256").asText(),
        figure(node.path("records")));
  }

  private static @Nullable String text(JsonNode node) {
    return node.isNull() ? null : node.asText();
  }

  private static <T> List<T> list(JsonNode node, Function<JsonNode, T> element) {
    List<T> result = new ArrayList<>();
    node.forEach(e -> result.add(element.apply(e)));
    return result;
  }

  private static <T> Map<String, T> map(JsonNode node, Function<JsonNode, T> value) {
    Map<String, T> result = new LinkedHashMap<>();
    node.properties().forEach(e -> result.put(e.getKey(), value.apply(e.getValue())));
    return result;
  }
}
