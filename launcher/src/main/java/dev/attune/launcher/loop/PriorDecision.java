package dev.attune.launcher.loop;

import dev.attune.config.AttuneConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.ledger.Promotions.Entry;
import dev.attune.launcher.promotion.Gate;
import dev.attune.launcher.promotion.History;
import dev.attune.launcher.tuning.TuningRun;
import dev.attune.schema.Printable;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger's decisions say about the model that was tuned on a dataset as the configuration
 * says, so that {@code attune run} need not do anything for it.
 *
 * @param refusal the gate's refusal that still stands: the run fails with it; or null
 * @param sentence what was decided, without a full stop
 */
record PriorDecision(@Nullable Entry refusal, String sentence) {
  private static final int LONGEST_REASON = 200;

  /**
   * Looks up the decision.
   *
   * @param isHeld whether the ledger shows that {@code attune run} held the gate of now, by its
   *     rules and its keys of attune.yaml, for this input
   * @return nothing where the model must be tuned, evaluated or judged: there is none, nobody
   *     decided on it, or the gate refused it by other rules
   */
  static Optional<PriorDecision> find(
      Ledger ledger, AttuneConfig config, DatasetDirectory dataset, boolean isHeld)
      throws CommandFailure {
    Job job = TuningRun.tuned(ledger, dataset, config.tuning()).orElse(null);
    if (job == null) {
      return Optional.empty();
    }
    String model = job.id();
    History history = new History(ledger.promotions().of(config.dataset().dataset()));
    String champion = history.champion();
    if (model.equals(champion)) {
      return decided(model + " is in use");
    }
    String stays = champion == null ? "no model is in use" : champion + " stays in use";
    Entry declined = history.declined(model);
    if (declined != null) {
      return decided(
          model
              + " was declined at "
              + declined.stamp().at().truncatedTo(ChronoUnit.SECONDS)
              + " by "
              + declined.stamp().by()
              + " (\""
              + Printable.shortened(String.valueOf(declined.reason()), LONGEST_REASON)
              + "\"), and "
              + stays);
    }
    Entry refusal = history.refused(model);
    if (refusal != null) {
      boolean stands = isHeld && Objects.equals(refusal.verdict().gate(), Gate.VERSION);
      return stands
          ? Optional.of(new PriorDecision(refusal, model + " did not pass the gate, and " + stays))
          : Optional.empty();
    }
    return history.wasInUse(model)
        ? decided(model + " was in use before and was rolled back or replaced, and " + stays)
        : Optional.empty();
  }

  private static Optional<PriorDecision> decided(String sentence) {
    return Optional.of(new PriorDecision(null, sentence));
  }
}
