package dev.attune.launcher.cli.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.config.EvaluationConfig.Metric;
import dev.attune.launcher.ledger.Promotions;
import dev.attune.launcher.promotion.Evidence;
import dev.attune.launcher.promotion.Evidence.Compared;
import dev.attune.launcher.promotion.Evidence.Gain;
import dev.attune.launcher.promotion.Evidence.Measured;
import dev.attune.launcher.promotion.Judgement;
import dev.attune.launcher.promotion.Outcome;
import dev.attune.launcher.promotion.Outcome.InEnvFile;
import dev.attune.launcher.promotion.gate.PairedGain;
import dev.attune.schema.CanonicalJson;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A document of promotion.schema.json. */
final class OutcomeJson {
  private OutcomeJson() {}

  static String of(Outcome outcome, Metric metric) {
    Promotions.Entry entry = outcome.entry();
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schemaVersion", 1);
    root.put("dataset", outcome.dataset());
    root.put("decision", entry == null ? "unchanged" : kind(entry.kind()));
    root.put("model", outcome.model());
    root.put("champion", outcome.champion());
    root.put("previous", entry == null ? null : entry.previous());
    root.put("sentence", entry == null ? null : entry.verdict().sentence());
    root.put("gate", entry == null ? null : gate(entry));
    root.set("reasons", sentences(entry == null ? List.of() : entry.reasons()));
    root.put("forcedBecause", because(entry, Promotions.Kind.FORCED));
    root.put("declinedBecause", because(entry, Promotions.Kind.DECLINED));
    Judgement judgement = outcome.judgement();
    root.put("evaluation", judgement == null ? null : judgement.evaluation());
    root.set("figures", judgement == null ? null : figures(judgement.evidence(), metric));
    root.set("envFile", envFile(outcome.inEnvFile()));
    root.put("at", entry == null ? null : entry.stamp().at().toString());
    root.put("by", entry == null ? null : entry.stamp().by());
    return new String(CanonicalJson.pretty(root), StandardCharsets.UTF_8);
  }

  static ObjectNode envFile(InEnvFile said) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("file", said.file())
        .put("modelId", said.modelId())
        .put("changed", said.changed());
  }

  static String kind(Promotions.Kind kind) {
    return switch (kind) {
      case PROMOTED -> "promoted";
      case FORCED -> "forced";
      case REFUSED -> "refused";
      case DECLINED -> "declined";
      case ROLLED_BACK -> "rolledBack";
    };
  }

  /** What --reason said, if the decision is of that kind. */
  static @Nullable String because(Promotions.@Nullable Entry entry, Promotions.Kind kind) {
    return entry != null && entry.kind() == kind ? entry.reason() : null;
  }

  /** The version of the gate's rules, or null: the gate was not held. */
  static @Nullable Integer gate(Promotions.Entry entry) {
    return OutcomePrint.isByOlderGate(entry) ? Integer.valueOf(1) : entry.verdict().gate();
  }

  static ArrayNode sentences(List<String> sentences) {
    ArrayNode node = JsonNodeFactory.instance.arrayNode();
    sentences.forEach(node::add);
    return node;
  }

  static JsonNode number(double figure) {
    return Double.isNaN(figure)
        ? NullNode.getInstance()
        : CanonicalJson.number(BigDecimal.valueOf(figure));
  }

  private static @Nullable ObjectNode figures(@Nullable Evidence evidence, Metric metric) {
    if (evidence == null) {
      return null;
    }
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("runId", evidence.runId());
    node.put("examples", evidence.examples());
    node.put("metric", metric.key());
    node.set("model", number(evidence.model().figure(metric)));
    node.set("base", figure(evidence.measuredBase(), metric));
    node.set("champion", figure(evidence.measuredChampion(), metric));
    node.set("invalidShare", number(evidence.model().invalidShare()));
    node.set("gainOverBase", gain(evidence.base(), metric));
    node.set("answersAgainstChampion", answers(evidence.champion()));
    return node;
  }

  private static @Nullable ObjectNode gain(@Nullable Compared base, Metric metric) {
    Gain gain = base == null ? null : base.gain();
    PairedGain interval = gain == null ? null : gain.metrics().get(metric);
    if (interval == null) {
      return null;
    }
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.set("value", number(interval.value()));
    node.set("low", number(interval.low()));
    node.set("high", number(interval.high()));
    return node;
  }

  private static @Nullable ObjectNode answers(@Nullable Compared champion) {
    Gain gain = champion == null ? null : champion.gain();
    return gain == null
        ? null
        : JsonNodeFactory.instance
            .objectNode()
            .put("better", gain.answers().better())
            .put("worse", gain.answers().worse());
  }

  private static JsonNode figure(@Nullable Measured measured, Metric metric) {
    return number(measured == null ? Double.NaN : measured.figure(metric));
  }
}
