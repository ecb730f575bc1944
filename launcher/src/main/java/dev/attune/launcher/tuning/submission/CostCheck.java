package dev.attune.launcher.tuning.submission;

import dev.attune.catalog.BaseModels;
import dev.attune.catalog.Objections;
import dev.attune.catalog.TuningCheck;
import dev.attune.config.TuningConfig;
import dev.attune.config.TuningConfig.BackEnd;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.estimate.CostEstimate;
import dev.attune.launcher.estimate.CostEstimator;
import dev.attune.launcher.evaluation.cost.Dollars;
import dev.attune.launcher.evaluation.cost.EvaluationCost;
import dev.attune.launcher.evaluation.cost.EvaluationForecast;
import dev.attune.launcher.evaluation.cost.EvaluationForecaster;
import dev.attune.message.Messages;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Checks a tuning request against the catalogue of base models, and the estimated cost of tuning
 * and of the following evaluation against the cap.
 *
 * @param models the catalogue
 * @param outlook estimates the evaluation of the tuned model
 */
public record CostCheck(Shell shell, BaseModels models, EvaluationForecaster outlook)
    implements PreflightCheck {
  @Override
  public void pass(DatasetDirectory dataset, TuningConfig tuning)
      throws CommandFailure, IOException {
    say(check(dataset, tuning), tuning);
  }

  @Override
  public void warn(DatasetDirectory dataset, TuningConfig tuning, CommandFailure refusal)
      throws CommandFailure, IOException {
    if (tuning.baseModel() != null) {
      CostEstimate estimate = new CostEstimator(shell, models).estimate(dataset, tuning);
      say(new Checked(estimate, outlook.beforeTuning(dataset, tuning).cost()), tuning);
    }
    List<String> reasons =
        refusal.lines().isEmpty() ? List.of(String.valueOf(refusal.getMessage())) : refusal.lines();
    for (String reason : reasons) {
      shell.err().println(Messages.of("launcher.cost.adopted", reason));
    }
  }

  private void say(Checked checked, TuningConfig tuning) {
    CostEstimate estimate = checked.tuning();
    BigDecimal usd = estimate.exactUsd();
    EvaluationCost evaluation = checked.evaluation();
    Dollars shown = evaluation.after(usd);
    if (tuning.backEnd() != BackEnd.LOCAL && usd != null) {
      shell
          .err()
          .println(
              String.format(
                  Locale.ROOT,
                  "Estimated at US$ %s for %,d tokens, epochs included.",
                  shown.part(0),
                  estimate.billedTokens()));
    }
    if (evaluation.paidQuestions() > 0) {
      shell
          .err()
          .println(
              String.format(
                  Locale.ROOT,
                  "The evaluation that follows is estimated at US$ %s: %s.",
                  shown.from(1),
                  evaluation.description()));
    }
  }

  /** The estimated cost of tuning and of the evaluation. */
  private record Checked(CostEstimate tuning, EvaluationCost evaluation) {}

  /**
   * Returns the estimate of a request and prints its warnings.
   *
   * @throws CommandFailure if the request is refused
   */
  public CostEstimate estimate(DatasetDirectory dataset, TuningConfig tuning)
      throws CommandFailure, IOException {
    return check(dataset, tuning).tuning();
  }

  private Checked check(DatasetDirectory dataset, TuningConfig tuning)
      throws CommandFailure, IOException {
    LocalDate today = LocalDate.ofInstant(shell.clock().instant(), ZoneOffset.UTC);
    Objections objections = new TuningCheck(models, today).against(tuning, dataset.format());
    List<String> refusals = new ArrayList<>(objections.refusals());
    if (!refusals.isEmpty()) {
      throw refusal(refusals);
    }
    CostEstimate estimate = new CostEstimator(shell, models).estimate(dataset, tuning);
    EvaluationForecast forecast = outlook.beforeTuning(dataset, tuning);
    estimate.refusalAbove(tuning.maxCostUsd(), forecast.cost()).ifPresent(refusals::add);
    if (!refusals.isEmpty()) {
      throw refusal(refusals);
    }
    List<String> warnings = new ArrayList<>(objections.warnings());
    warnings.addAll(estimate.warnings());
    warnings.addAll(forecast.warnings());
    warnings.forEach(warning -> shell.err().println("Warning: " + warning));
    return new Checked(estimate, forecast.cost());
  }

  private static CommandFailure refusal(List<String> sentences) {
    return CommandFailure.of(
        FailureCode.COST, sentences, Messages.of("launcher.cost.refused", sentences.size()));
  }
}
