package dev.attune.launcher;

import dev.attune.catalog.BaseModels;
import dev.attune.catalog.Objections;
import dev.attune.catalog.TuningCheck;
import dev.attune.config.AttuneConfig;
import dev.attune.config.TuningConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.ExitCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.ConfigFile;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.estimate.CostEstimator;
import dev.attune.launcher.tune.Preflight;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** What the catalog of base models and the estimate say against a job, before anything leaves. */
record CatalogPreflight(AttuneConfig config, Shell shell) implements Preflight {
  @Override
  public void pass(DatasetDirectory dataset, TuningConfig tuning)
      throws CommandFailure, IOException {
    BaseModels models = ConfigFile.baseModels(config);
    LocalDate today = LocalDate.ofInstant(shell.clock().instant(), ZoneOffset.UTC);
    Objections objections = new TuningCheck(models, today).against(tuning, dataset.format());
    objections.warnings().forEach(warning -> shell.err().println("Warning: " + warning));
    List<String> refusals = new ArrayList<>(objections.refusals());
    if (refusals.isEmpty() && tuning.maxCostUsd() != null) {
      new CostEstimator(shell, models)
          .estimate(dataset, tuning)
          .refusalAbove(tuning.maxCostUsd())
          .ifPresent(refusals::add);
    }
    if (refusals.size() == 1) {
      throw new CommandFailure(ExitCode.REFUSED, refusals.get(0));
    }
    if (!refusals.isEmpty()) {
      throw new CommandFailure(
          ExitCode.REFUSED,
          refusals,
          "Nothing was submitted, for "
              + refusals.size()
              + " reasons: mend what the lines above name.",
          null);
    }
  }
}
