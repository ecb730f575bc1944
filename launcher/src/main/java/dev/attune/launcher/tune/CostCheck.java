package dev.attune.launcher.tune;

import dev.attune.catalog.BaseModels;
import dev.attune.catalog.Objections;
import dev.attune.catalog.TuningCheck;
import dev.attune.config.TuningConfig;
import dev.attune.config.TuningConfig.BackEnd;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.ExitCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.estimate.CostEstimate;
import dev.attune.launcher.estimate.CostEstimator;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Holds an order against what is known of its base model, and its estimated cost against the cap.
 */
public final class CostCheck implements Preflight {
  private final Shell shell;
  private final BaseModels models;

  public CostCheck(Shell shell, BaseModels models) {
    this.shell = shell;
    this.models = models;
  }

  @Override
  public void pass(DatasetDirectory dataset, TuningConfig tuning)
      throws CommandFailure, IOException {
    say(estimate(dataset, tuning), tuning);
  }

  @Override
  public void warn(DatasetDirectory dataset, TuningConfig tuning, CommandFailure refusal)
      throws CommandFailure, IOException {
    if (tuning.baseModel() != null) {
      say(new CostEstimator(shell, models).estimate(dataset, tuning), tuning);
    }
    List<String> reasons =
        refusal.lines().isEmpty() ? List.of(String.valueOf(refusal.getMessage())) : refusal.lines();
    for (String reason : reasons) {
      shell.err().println("Warning: the job exists already, so it is not refused: " + reason);
    }
  }

  private void say(CostEstimate estimate, TuningConfig tuning) {
    BigDecimal usd = estimate.usd();
    if (tuning.backEnd() != BackEnd.LOCAL && usd != null) {
      shell
          .err()
          .println(
              String.format(
                  Locale.ROOT,
                  "Estimated at US$ %,.2f for %,d tokens, epochs included.",
                  usd,
                  estimate.billedTokens()));
    }
  }

  /**
   * The estimate of an order that nothing speaks against; warnings are said.
   *
   * @throws CommandFailure if something does
   */
  CostEstimate estimate(DatasetDirectory dataset, TuningConfig tuning)
      throws CommandFailure, IOException {
    LocalDate today = LocalDate.ofInstant(shell.clock().instant(), ZoneOffset.UTC);
    Objections objections = new TuningCheck(models, today).against(tuning, dataset.format());
    List<String> refusals = new ArrayList<>(objections.refusals());
    if (!refusals.isEmpty()) {
      throw refusal(refusals);
    }
    CostEstimate estimate = new CostEstimator(shell, models).estimate(dataset, tuning);
    estimate.refusalAbove(tuning.maxCostUsd()).ifPresent(refusals::add);
    if (!refusals.isEmpty()) {
      throw refusal(refusals);
    }
    List<String> warnings = new ArrayList<>(objections.warnings());
    warnings.addAll(estimate.warnings());
    warnings.forEach(warning -> shell.err().println("Warning: " + warning));
    return estimate;
  }

  private static CommandFailure refusal(List<String> sentences) {
    return sentences.size() == 1
        ? new CommandFailure(ExitCode.REFUSED, sentences.get(0))
        : new CommandFailure(
            ExitCode.REFUSED,
            sentences,
            "There are "
                + sentences.size()
                + " reasons against this order, and nothing was sent: mend what the lines above"
                + " name.",
            null);
  }
}
