package dev.attune.launcher.promotion;

import dev.attune.launcher.ledger.Promotions.Kind;
import dev.attune.launcher.ledger.Promotions.Verdict;
import dev.attune.message.Messages;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of the gate for a model.
 *
 * @param evaluation the id of the evaluation that the gate used, or null if there is none
 * @param evidence the figures of the evaluation, or null if there is none
 * @param obstacle why the gate cannot be applied and what to do, a sentence; or null
 * @param figures the figures behind the decision, the rest of a sentence without its full stop
 * @param reasons one sentence for each test that the model fails, or the obstacle; none if it
 *     passes
 * @param notes further sentences to print
 */
public record GateResult(
    @Nullable String evaluation,
    @Nullable Evidence evidence,
    @Nullable String obstacle,
    String figures,
    List<String> reasons,
    List<String> notes) {
  public GateResult {
    reasons = List.copyOf(reasons);
    notes = List.copyOf(notes);
  }

  /** Returns the result if the gate cannot be applied. */
  static GateResult impossible(
      @Nullable String evaluation, @Nullable Evidence evidence, String obstacle) {
    return new GateResult(evaluation, evidence, obstacle, "", List.of(obstacle), List.of());
  }

  /** Returns whether the model may be promoted without force. */
  boolean isPassed() {
    return reasons.isEmpty();
  }

  /**
   * Returns what the ledger stores of the result.
   *
   * @param kind the decision
   */
  Verdict verdict(Kind kind) {
    if (obstacle != null) {
      String why = obstacle.startsWith("The ") ? "the " + obstacle.substring(4) : obstacle;
      return new Verdict(Messages.of("launcher.gate.forced-without", why), null, reasons);
    }
    String decision =
        switch (kind) {
          case PROMOTED -> Messages.of("launcher.gate.promoted", figures);
          case FORCED -> Messages.of("launcher.gate.forced", figures);
          case REFUSED -> Messages.of("launcher.gate.refused", figures);
          case DECLINED, ROLLED_BACK ->
              throw new IllegalArgumentException("no decision of the gate: " + kind);
        };
    return new Verdict(decision, Gate.VERSION, reasons);
  }
}
