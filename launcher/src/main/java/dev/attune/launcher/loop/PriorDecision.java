package dev.attune.launcher.loop;

import dev.attune.config.AttuneConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.ledger.Promotions.Entry;
import dev.attune.launcher.promotion.Gate;
import dev.attune.launcher.promotion.PromotionHistory;
import dev.attune.launcher.tuning.submission.TuningRun;
import dev.attune.schema.Printable;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An earlier decision on the model that a run would tune, because of which the run does nothing.
 *
 * @param refusal the gate's refusal if it is still valid, with which the run fails; or null
 * @param sentence the decision, without a full stop
 */
record PriorDecision(@Nullable Entry refusal, String sentence) {
  private static final int LONGEST_REASON = 200;

  /**
   * Finds the decision.
   *
   * @param wasGateApplied whether an earlier run applied the gate to this input with the current
   *     rules and configuration
   * @return empty if the model must be tuned, evaluated or judged: it does not exist, there is no
   *     decision on it, or the gate refused it under other rules
   */
  static Optional<PriorDecision> find(
      Ledger ledger, AttuneConfig config, DatasetDirectory dataset, boolean wasGateApplied)
      throws CommandFailure {
    Job job = TuningRun.tuned(ledger, dataset, config.tuning()).orElse(null);
    if (job == null) {
      return Optional.empty();
    }
    String model = job.id();
    PromotionHistory history =
        new PromotionHistory(ledger.promotions().of(config.dataset().dataset()));
    String champion = history.champion();
    if (model.equals(champion)) {
      return decided(model + " is in use");
    }
    String stays = Champion.inUse(champion);
    Entry declined = history.declined(model);
    if (declined != null) {
      return decided(
          "%s was declined at %s by %s (\"%s\"), and %s"
              .formatted(
                  model,
                  declined.stamp().at().truncatedTo(ChronoUnit.SECONDS),
                  declined.stamp().by(),
                  Printable.shortened(String.valueOf(declined.reason()), LONGEST_REASON),
                  stays));
    }
    Entry refusal = history.refused(model);
    if (refusal != null) {
      boolean stands = wasGateApplied && Objects.equals(refusal.verdict().gate(), Gate.VERSION);
      return stands
          ? Optional.of(new PriorDecision(refusal, model + " did not pass the gate, and " + stays))
          : Optional.empty();
    }
    return history.wasInUse(model)
        ? decided(model + " was in use before and was rolled back or replaced; " + stays)
        : Optional.empty();
  }

  private static Optional<PriorDecision> decided(String sentence) {
    return Optional.of(new PriorDecision(null, sentence));
  }
}
