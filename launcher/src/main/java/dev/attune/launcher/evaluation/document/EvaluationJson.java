package dev.attune.launcher.evaluation.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.launcher.evaluation.document.EvaluationReport.Measured;
import dev.attune.launcher.evaluation.document.EvaluationReport.Rival;
import dev.attune.launcher.evaluation.document.EvaluationReport.Title;
import dev.attune.launcher.evaluation.figures.CategoryFigures;
import dev.attune.launcher.evaluation.figures.Comparison;
import dev.attune.launcher.evaluation.figures.Confusion;
import dev.attune.launcher.evaluation.figures.DiscordantPairs;
import dev.attune.launcher.evaluation.figures.Estimate;
import dev.attune.launcher.evaluation.figures.Figures;
import dev.attune.schema.CanonicalJson;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** evaluation.json: a document of evaluation.schema.json. */
public final class EvaluationJson {
  /** Places behind the point: far finer than any interval is wide. */
  private static final int PLACES = 6;

  private EvaluationJson() {}

  /** The document in UTF-8, with a line feed at its end. */
  public static byte[] of(EvaluationReport report) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schemaVersion", 2);
    Title title = report.title();
    root.put("dataset", title.dataset());
    root.put("runId", title.runId());
    root.put("fingerprint", title.fingerprint());
    root.put("split", title.split());
    root.put("examples", title.examples());
    root.put("unfair", title.unfair());
    root.set("model", measured(report.model()));
    for (Standing standing : List.of(Standing.BASE, Standing.CHAMPION)) {
      Rival rival = report.rival(standing).orElse(null);
      root.set(standing.key(), rival == null ? null : measured(rival.measured()));
    }
    ObjectNode gain = root.putObject("gain");
    for (Standing standing : List.of(Standing.BASE, Standing.CHAMPION)) {
      Rival rival = report.rival(standing).orElse(null);
      gain.set(standing.key(), rival == null ? null : gain(rival.gain()));
    }
    ArrayNode notes = root.putArray("notes");
    report.notes().forEach(notes::add);
    return CanonicalJson.pretty(root);
  }

  private static ObjectNode measured(Measured measured) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("id", measured.id());
    node.put("name", measured.name());
    Figures figures = measured.figures();
    node.set("accuracy", estimate(figures.accuracy()));
    node.set("macroF1", estimate(figures.macroF1()));
    node.set("microF1", estimate(figures.microF1()));
    node.set("invalidShare", estimate(figures.invalidShare()));
    ObjectNode failed = node.putObject("failed");
    measured.failed().forEach(failed::put);
    ObjectNode categories = node.putObject("categories");
    for (CategoryFigures category : figures.categories()) {
      if (category.isSeen()) {
        categories.set(category.id(), category(category));
      }
    }
    node.set("confusion", confusion(figures));
    return node;
  }

  private static ObjectNode category(CategoryFigures category) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("support", category.support());
    node.put("predicted", category.predicted());
    node.put("correct", category.correct());
    node.set("precision", estimate(category.precision()));
    node.set("recall", estimate(category.recall()));
    node.set("f1", estimate(category.f1()));
    return node;
  }

  private static ObjectNode confusion(Figures figures) {
    Confusion confusion = figures.confusion();
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    ArrayNode cells = node.putArray("cells");
    confusion
        .cells()
        .forEach(
            cell ->
                cells
                    .addObject()
                    .put("category", cell.truth())
                    .put("predicted", cell.predicted())
                    .put("count", cell.count()));
    node.set("missing", counts(figures, confusion.missing()));
    node.set("invalid", counts(figures, confusion.invalid()));
    node.set("extra", counts(figures, confusion.extra()));
    return node;
  }

  private static ObjectNode counts(Figures figures, Map<String, Integer> counts) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    for (CategoryFigures category : figures.categories()) {
      Integer count = counts.get(category.id());
      if (count != null) {
        node.put(category.id(), count);
      }
    }
    return node;
  }

  private static ObjectNode gain(Comparison gain) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.set("accuracy", estimate(gain.accuracy()));
    node.set("macroF1", estimate(gain.macroF1()));
    node.set("microF1", estimate(gain.microF1()));
    ObjectNode recall = node.putObject("recall");
    gain.recall().forEach((id, value) -> recall.set(id, number(value)));
    node.set("answers", pairs(gain.answers()));
    ObjectNode categories = node.putObject("categories");
    gain.categories().forEach((id, pairs) -> categories.set(id, pairs(pairs)));
    return node;
  }

  private static ObjectNode pairs(DiscordantPairs pairs) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("better", pairs.better())
        .put("worse", pairs.worse());
  }

  private static JsonNode estimate(@Nullable Estimate estimate) {
    if (estimate == null) {
      return NullNode.getInstance();
    }
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.set("value", number(estimate.value()));
    node.set("low", number(estimate.low()));
    node.set("high", number(estimate.high()));
    return node;
  }

  private static JsonNode number(double value) {
    return CanonicalJson.number(BigDecimal.valueOf(value).setScale(PLACES, RoundingMode.HALF_EVEN));
  }
}
