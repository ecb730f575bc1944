package dev.attune.launcher.estimate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.catalog.BaseModel.Price;
import dev.attune.schema.CanonicalJson;
import dev.attune.schema.DatasetManifest.Identity;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An estimate for programs: a document of estimate.schema.json. */
final class EstimateJson {
  private EstimateJson() {}

  static String of(EstimateResult result) {
    CostEstimate estimate = result.estimate();
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schemaVersion", 1);
    Identity identity = result.dataset().manifest().identity();
    root.putObject("dataset")
        .put("dataset", identity.dataset())
        .put("runId", identity.runId())
        .put("fingerprint", identity.fingerprint())
        .put("format", identity.format());
    root.put("backEnd", estimate.backEnd().name().toLowerCase(Locale.ROOT));
    root.put("baseModel", estimate.baseModel());
    root.set("training", split(estimate.training()));
    root.set("validation", split(estimate.validation()));
    root.put("method", estimate.method().id());
    root.put("exact", estimate.method().exact());
    root.put("epochs", estimate.epochs());
    root.put("billedTokens", estimate.billedTokens());
    root.set("price", price(estimate.price()));
    BigDecimal usd = estimate.usd();
    root.set("usd", usd == null ? NullNode.getInstance() : CanonicalJson.number(usd));
    Double cap = result.cap();
    root.set(
        "maxCostUsd",
        cap == null ? NullNode.getInstance() : CanonicalJson.number(BigDecimal.valueOf(cap)));
    put(root.putArray("refusals"), result.refusals());
    put(root.putArray("warnings"), result.warnings());
    return new String(CanonicalJson.pretty(root), StandardCharsets.UTF_8);
  }

  private static ObjectNode split(SplitTokens split) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("examples", split.examples())
        .put("records", split.records())
        .put("tokens", split.tokens())
        .put("examplesWithMedia", split.examplesWithMedia());
  }

  private static JsonNode price(@Nullable Price price) {
    if (price == null) {
      return NullNode.getInstance();
    }
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.set(
        "usdPerMillionTrainingTokens", CanonicalJson.number(price.usdPerMillionTrainingTokens()));
    node.put("source", price.source());
    return node.put("checkedOn", price.checkedOn().toString());
  }

  private static void put(ArrayNode array, List<String> sentences) {
    sentences.forEach(array::add);
  }
}
