package dev.attune.launcher.cli.models;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.config.EvaluationConfig.Metric;
import dev.attune.launcher.ledger.Evaluations;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Promotions;
import dev.attune.launcher.promotion.Evidence;
import dev.attune.launcher.promotion.Evidence.Measured;
import dev.attune.launcher.promotion.ListedModel;
import dev.attune.launcher.promotion.ModelList;
import dev.attune.launcher.tuning.BackEndJob;
import dev.attune.schema.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A document of models.schema.json. */
final class ModelsJson {
  private ModelsJson() {}

  static String of(ModelList list) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schemaVersion", 1);
    root.put("dataset", list.dataset());
    root.put("champion", list.champion());
    ObjectNode envFile = root.putObject("envFile");
    envFile.put("file", list.inEnvFile().file());
    envFile.put("modelId", list.inEnvFile().modelId());
    envFile.put("behind", list.isEnvFileBehind());
    root.put("modelsOfOtherDatasets", list.ofOthers());
    ArrayNode models = root.putArray("models");
    list.models().forEach(model -> models.add(model(model)));
    return new String(CanonicalJson.pretty(root), StandardCharsets.UTF_8);
  }

  private static ObjectNode model(ListedModel model) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    Job job = model.job();
    node.put("id", job.id());
    node.put("use", model.use().words());
    node.put("forced", model.forced() != null);
    node.put("backEnd", job.spec().backEnd());
    node.put("baseModel", job.spec().baseModel());
    node.put("location", job.spec().location());
    node.putObject("hyperparameters")
        .put("epochs", job.spec().hyperparameters().epochs())
        .put("adapterSize", job.spec().hyperparameters().adapterSize())
        .set(
            "learningRateMultiplier",
            OutcomeJson.number(job.spec().hyperparameters().learningRateMultiplier()));
    node.putObject("dataset")
        .put("directory", model.dataset().directory().toString())
        .put("runId", model.dataset().runId())
        .put("fingerprint", model.dataset().fingerprint())
        .put("inputFingerprint", model.dataset().inputFingerprint());
    BackEndJob known = job.known();
    node.putObject("job")
        .put("name", known == null ? null : known.name())
        .put("model", known == null ? null : known.model())
        .put("endpoint", known == null ? null : known.endpoint())
        .put("state", job.state().name())
        .put("at", job.stamp().at().toString())
        .put("tunedAt", model.tunedAt().toString())
        .put("by", job.stamp().by());
    node.set("evaluation", evaluation(model.evaluation(), model.evidence()));
    node.set("decisions", decisions(model.decisions()));
    return node;
  }

  private static @Nullable ObjectNode evaluation(
      Evaluations.@Nullable Entry entry, @Nullable Evidence evidence) {
    if (entry == null) {
      return null;
    }
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("id", entry.id());
    node.put("fingerprint", entry.dataset());
    node.put("report", entry.report());
    node.put("olderRules", evidence != null && evidence.isOlder());
    node.put("at", entry.stamp().at().toString());
    node.put("by", entry.stamp().by());
    node.set("model", measured(evidence == null ? null : evidence.model()));
    node.set("base", measured(evidence == null ? null : evidence.measuredBase()));
    node.set("champion", measured(evidence == null ? null : evidence.measuredChampion()));
    return node;
  }

  private static @Nullable ObjectNode measured(@Nullable Measured measured) {
    if (measured == null) {
      return null;
    }
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("id", measured.id());
    for (Metric metric : Metric.values()) {
      node.set(metric.key(), OutcomeJson.number(measured.figure(metric)));
    }
    node.set("invalidShare", OutcomeJson.number(measured.invalidShare()));
    return node;
  }

  private static ArrayNode decisions(List<Promotions.Entry> entries) {
    ArrayNode decisions = JsonNodeFactory.instance.arrayNode();
    for (Promotions.Entry entry : entries) {
      ObjectNode node = decisions.addObject();
      node.put("decision", OutcomeJson.kind(entry.kind()));
      node.put("previous", entry.previous());
      node.put("evaluation", entry.evaluation());
      node.put("sentence", entry.verdict().sentence());
      node.put("gate", OutcomeJson.gate(entry));
      node.set("reasons", OutcomeJson.sentences(entry.reasons()));
      node.put("forcedBecause", OutcomeJson.because(entry, Promotions.Kind.FORCED));
      node.put("declinedBecause", OutcomeJson.because(entry, Promotions.Kind.DECLINED));
      node.put("at", entry.stamp().at().toString());
      node.put("by", entry.stamp().by());
    }
    return decisions;
  }
}
