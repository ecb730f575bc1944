package dev.attune.launcher.loop;

import dev.attune.config.AttuneConfig;
import dev.attune.config.Task;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.evaluation.cost.Dollars;
import dev.attune.launcher.evaluation.cost.EvaluationCost;
import dev.attune.launcher.evaluation.cost.EvaluationForecast;
import dev.attune.launcher.evaluation.document.ContestantRole;
import dev.attune.launcher.evaluation.question.Questions;
import dev.attune.launcher.judge.ConfiguredJudges;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.session.ModelSession;
import dev.attune.launcher.session.ModelSession.Consent;
import dev.attune.launcher.session.SessionOpener;
import dev.attune.message.Messages;
import dev.attune.page.FigureText;
import dev.attune.schema.DatasetManifest;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Refuses a dataset that could be tuned on but not evaluated, before anything is paid. */
final class EvaluationRequirements {
  private EvaluationRequirements() {}

  /** Estimates up to here need no consent on a terminal. */
  private static final BigDecimal LITTLE = BigDecimal.ONE;

  /**
   * Refuses a conversation dataset without judges of two families that are not the base model's.
   *
   * @throws CommandFailure if they are missing, or their files are faulty
   */
  static void requireJudges(AttuneConfig config, Shell shell) throws CommandFailure, IOException {
    if (config.dataset().task() != Task.CONVERSATION) {
      return;
    }
    ConfiguredJudges judges = ConfiguredJudges.of(config, shell);
    if (!judges.canDecide()) {
      throw new CommandFailure(
          FailureCode.CONFIGURATION,
          Messages.of(
              "launcher.run.judges-of-one-family",
              ConfiguredJudges.family(judges.models().get(0))));
    }
    String base = config.tuning().baseModel();
    judges.requireOtherFamilies(base == null ? List.of() : List.of(base));
  }

  /**
   * Opens the judges of a conversation dataset, and closes them without asking: after the tuning
   * job is paid it would be too late to find out that a key or a price is missing.
   *
   * @throws CommandFailure if a judge cannot be asked
   */
  static void openJudges(
      DatasetDirectory dataset,
      AttuneConfig config,
      Ledger ledger,
      Shell shell,
      SessionOpener sessions)
      throws CommandFailure, IOException {
    if (!Questions.needJudges(dataset)) {
      return;
    }
    try (ModelSession session = sessions.open(config, ledger, shell, Consent.NONE)) {
      for (String judge : config.evaluation().judging().judges()) {
        session.parallelism(judge);
      }
    }
  }

  /**
   * Refuses to tune where the judges will cost more than a little, or anything without a terminal,
   * and nobody has agreed to it: after the tuning job is paid it would be too late to ask.
   *
   * @param left what judging may cost in US dollars, or null without a cap
   * @throws CommandFailure if there is no cap, or a price is unknown
   */
  static void requireConsent(@Nullable BigDecimal left, EvaluationForecast forecast, Shell shell)
      throws CommandFailure {
    EvaluationCost cost = judging(forecast);
    BigDecimal free = shell.terminal() ? LITTLE : BigDecimal.ZERO;
    if (left == null && (!cost.isComplete() || cost.exactUsd().compareTo(free) > 0)) {
      throw new CommandFailure(
          FailureCode.COST,
          Messages.of(
              "launcher.run.judging-consent",
              FigureText.count(cost.paidQuestions(), "question"),
              cost.isComplete() ? Dollars.shown(cost.exactUsd()) : "an unknown amount"));
    }
  }

  /**
   * Refuses to tune where the judges are estimated at more than they may cost: after the tuning job
   * is paid it would be too late.
   *
   * @param left what judging may cost in US dollars, or null without a cap
   * @throws CommandFailure if the estimate is higher
   */
  static void requireBudget(@Nullable BigDecimal left, EvaluationForecast forecast)
      throws CommandFailure {
    EvaluationCost cost = judging(forecast);
    if (left != null && cost.exactUsd().compareTo(left) > 0) {
      throw new CommandFailure(
          FailureCode.COST,
          Messages.of(
              "launcher.evaluation.above-cap",
              cost.description(),
              Dollars.shown(cost.exactUsd()),
              left.stripTrailingZeros().toPlainString()));
    }
  }

  private static EvaluationCost judging(EvaluationForecast forecast) {
    return new EvaluationCost(
        forecast.cost().models().stream()
            .filter(model -> model.role() == ContestantRole.JUDGE)
            .toList());
  }

  /**
   * Refuses a dataset with too few validation examples for the gate.
   *
   * @throws CommandFailure if there are too few
   */
  static void requireExamples(DatasetDirectory dataset, AttuneConfig config, Shell shell)
      throws CommandFailure {
    DatasetManifest manifest = dataset.manifest();
    long validation = manifest.validationExamples();
    int minimum = Math.max(1, config.evaluation().minimumExamples());
    if (validation >= minimum) {
      return;
    }
    throw new CommandFailure(
        FailureCode.DATASET,
        Messages.of(
            // With fewer, more validation would leave less to train on than to validate.
            validation + manifest.trainingExamples() < 2L * minimum
                ? "launcher.run.few-examples"
                : "launcher.run.few-validation",
            shell.show(dataset.path()),
            validation == 0
                ? "no validation example"
                : FigureText.count(validation, "validation example"),
            FigureText.count(manifest.trainingExamples()),
            FigureText.count(minimum)));
  }

  /**
   * Refuses a dataset with too few fair questions, because the champion was tuned on the other
   * validation examples.
   *
   * @throws CommandFailure if there are too few
   */
  static void requireFairQuestions(
      DatasetDirectory dataset, EvaluationForecast forecast, int minimum, Shell shell)
      throws CommandFailure {
    if (forecast.fair() >= minimum) {
      return;
    }
    String refusal = forecast.refusal();
    if (refusal != null && forecast.notes().isEmpty()) {
      throw new CommandFailure(FailureCode.DATASET, refusal);
    }
    throw new CommandFailure(
        FailureCode.DATASET,
        forecast.notes(),
        Messages.of(
            "launcher.run.few-fair",
            shell.show(dataset.path()),
            FigureText.count(forecast.fair()),
            FigureText.count(minimum)),
        null);
  }
}
