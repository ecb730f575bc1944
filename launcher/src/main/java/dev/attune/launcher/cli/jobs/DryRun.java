package dev.attune.launcher.cli.jobs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.config.TuningConfig;
import dev.attune.config.TuningConfig.BackEnd;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.evaluation.cost.Dollars;
import dev.attune.launcher.tuning.JobSpecs;
import dev.attune.launcher.tuning.TuningSpec;
import dev.attune.schema.DatasetManifest.PublishedFile;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What would be sent.
 *
 * @param usd the estimate, exactly, or null where no price is known
 */
public record DryRun(
    TuningSpec spec, TuningConfig tuning, List<PublishedFile> files, @Nullable BigDecimal usd) {
  private static final int ID_DIGITS = 12;

  /** Of the figure in the document, as attune estimate --json rounds it. */
  private static final int CENTS = 2;

  public static DryRun of(DatasetDirectory dataset, TuningConfig tuning, @Nullable BigDecimal usd)
      throws CommandFailure {
    List<PublishedFile> sent =
        dataset.manifest().files().stream()
            .filter(file -> file.name().equals("train.jsonl") || file.name().equals("valid.jsonl"))
            .toList();
    return new DryRun(JobSpecs.of(dataset, tuning), tuning, sent, usd);
  }

  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("would tune    " + spec.baseModel() + " in " + spec.location());
    lines.add("back end      " + spec.backEnd());
    if (hosted()) {
      lines.add("project       " + tuning.place().project());
      lines.add("uploads to    " + tuning.place().bucket());
    }
    for (PublishedFile file : files) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%-14s%,d examples, %,d bytes",
              file.name(),
              file.lines(),
              file.bytes()));
    }
    lines.add("epochs        " + spec.hyperparameters().epochs());
    lines.add("adapter size  " + spec.hyperparameters().adapterSize());
    lines.add("learning rate " + spec.hyperparameters().learningRateMultiplier() + " times");
    lines.add("label         " + spec.key());
    lines.add(
        "cost          " + (usd == null ? "not known" : Dollars.shown(usd) + ", an estimate"));
    lines.add("Nothing was sent, and nothing was entered in the ledger.");
    return lines;
  }

  public String json() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schemaVersion", 1);
    root.put("id", spec.key().substring(0, ID_DIGITS) + "-1");
    root.put("key", spec.key());
    root.put("dataset", spec.dataset());
    ArrayNode list = root.putArray("files");
    files.forEach(
        file ->
            list.addObject()
                .put("name", file.name())
                .put("bytes", file.bytes())
                .put("lines", file.lines()));
    root.put("backEnd", spec.backEnd());
    root.put("project", hosted() ? tuning.place().project() : null);
    root.put("bucket", hosted() ? tuning.place().bucket() : null);
    root.put("baseModel", spec.baseModel());
    root.put("location", spec.location());
    root.set("hyperparameters", JobsJson.hyperparameters(spec.hyperparameters()));
    root.put("usd", usd == null ? null : usd.setScale(CENTS, RoundingMode.CEILING));
    root.put("maxCostUsd", tuning.maxCostUsd());
    return JobsJson.text(root);
  }

  private boolean hosted() {
    return tuning.backEnd() != BackEnd.LOCAL;
  }
}
