package dev.attune.launcher.loop;

import dev.attune.config.AttuneConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.evaluation.EvaluationOrder;
import dev.attune.launcher.evaluation.EvaluationResult;
import dev.attune.launcher.evaluation.EvaluationRun;
import dev.attune.launcher.evaluation.conversation.ConversationResult;
import dev.attune.launcher.evaluation.conversation.ConversationRun;
import dev.attune.launcher.evaluation.cost.CostGuard;
import dev.attune.launcher.evaluation.cost.Spent;
import dev.attune.launcher.evaluation.document.ContestantRole;
import dev.attune.launcher.evaluation.question.ModelOpener;
import dev.attune.launcher.evaluation.question.Questions;
import dev.attune.launcher.evaluation.question.RetryLimits;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.session.ModelSession.Consent;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates the tuned model: counts its answers to a classification dataset, and lets judges
 * compare those to a conversation dataset.
 */
record EvaluateStep(AttuneConfig config, Ledger ledger, LoopServices services, Shell shell) {
  /**
   * Evaluates a model.
   *
   * @param maxCostUsd replaces the cost caps of the configuration, or null
   * @param spent by this run before; it counts against the caps
   * @return the figures in a few words, and the page
   */
  String run(String model, DatasetDirectory dataset, @Nullable Double maxCostUsd, Spent spent)
      throws CommandFailure, IOException, InterruptedException {
    ModelOpener models = services.models().apply(config);
    BigDecimal cap = CostGuard.left(config, maxCostUsd, spent);
    EvaluationOrder order =
        new EvaluationOrder(
            model,
            dataset,
            EnumSet.of(ContestantRole.BASE, ContestantRole.CHAMPION),
            cap == null ? null : cap.doubleValue());
    if (Questions.needJudges(dataset)) {
      ConversationResult judged =
          new ConversationRun(config, ledger, models, services.judges(), RetryLimits.DEFAULT, shell)
              .run(order, new Consent(false, cap, false));
      if (!judged.spent().isEmpty()) {
        shell.err().println(judged.spent());
      }
      return judged.summary() + ", " + shell.show(judged.files().page());
    }
    EvaluationResult counted =
        new EvaluationRun(config, ledger, models, RetryLimits.DEFAULT, shell).run(order);
    return MetricSummary.of(counted.report(), config.evaluation().metric())
        + ", "
        + shell.show(counted.files().page());
  }
}
