package dev.attune.launcher.cli.jobs;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.attune.config.TuningConfig;
import dev.attune.config.TuningConfig.BackEnd;
import dev.attune.config.TuningConfig.Hyperparameters;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.JsonDocument;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.evaluation.cost.Dollars;
import dev.attune.launcher.tuning.TuningSpec;
import dev.attune.launcher.tuning.submission.JobSpecs;
import dev.attune.schema.DatasetManifest.PublishedFile;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The request that tune --dry-run prints instead of sending it.
 *
 * @param usd the exact estimate, or null if no price is known
 */
public record DryRun(
    TuningSpec spec, TuningConfig tuning, List<PublishedFile> files, @Nullable BigDecimal usd) {
  private static final int ID_DIGITS = 12;

  /** Decimal places of the estimate in JSON, as in attune estimate --json. */
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
    lines.add("Nothing was sent, and the ledger was not changed.");
    return lines;
  }

  public String json() {
    return JsonDocument.text(
        new Order(
            1,
            spec.key().substring(0, ID_DIGITS) + "-1",
            spec.key(),
            spec.dataset(),
            files.stream().map(file -> new Sent(file.name(), file.bytes(), file.lines())).toList(),
            new Target(
                spec.backEnd(),
                hosted() ? tuning.place().project() : null,
                hosted() ? tuning.place().bucket() : null,
                spec.baseModel(),
                spec.location(),
                spec.hyperparameters()),
            usd == null ? null : usd.setScale(CENTS, RoundingMode.CEILING),
            tuning.maxCostUsd()));
  }

  /** The document of tuning-order.schema.json. */
  private record Order(
      int schemaVersion,
      String id,
      String key,
      String dataset,
      List<Sent> files,
      @JsonUnwrapped Target target,
      @Nullable BigDecimal usd,
      @Nullable Double maxCostUsd) {}

  private record Sent(String name, long bytes, long lines) {}

  private record Target(
      String backEnd,
      @Nullable String project,
      @Nullable String bucket,
      String baseModel,
      String location,
      Hyperparameters hyperparameters) {}

  private boolean hosted() {
    return tuning.backEnd() != BackEnd.LOCAL;
  }
}
