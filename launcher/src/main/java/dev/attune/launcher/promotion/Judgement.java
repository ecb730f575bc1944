package dev.attune.launcher.promotion;

import dev.attune.launcher.ledger.Promotions.Kind;
import dev.attune.launcher.ledger.Promotions.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the gate says of a model.
 *
 * @param evaluation id in the ledger of the evaluation that was looked at, or null: there is none
 * @param evidence what it measured, or null: there is none
 * @param obstacle why the gate cannot be held, a sentence that says what to do; or null
 * @param figures what the decision is based on, the rest of a sentence without its full stop
 * @param reasons one sentence for each test that it fails, or the obstacle; none if it passes
 * @param notes what else somebody should know, a sentence each
 */
public record Judgement(
    @Nullable String evaluation,
    @Nullable Evidence evidence,
    @Nullable String obstacle,
    String figures,
    List<String> reasons,
    List<String> notes) {
  public Judgement {
    reasons = List.copyOf(reasons);
    notes = List.copyOf(notes);
  }

  /** The gate cannot be held. */
  static Judgement impossible(
      @Nullable String evaluation, @Nullable Evidence evidence, String obstacle) {
    return new Judgement(evaluation, evidence, obstacle, "", List.of(obstacle), List.of());
  }

  /** Whether the model may be promoted without force. */
  boolean isPassed() {
    return reasons.isEmpty();
  }

  /**
   * What the ledger keeps of it.
   *
   * @param kind what was decided
   */
  Verdict verdict(Kind kind) {
    if (obstacle != null) {
      String why = obstacle.startsWith("The ") ? "the " + obstacle.substring(4) : obstacle;
      return new Verdict("Promoted by force, without the gate: " + why, null, reasons);
    }
    String decision =
        switch (kind) {
          case PROMOTED -> "Promoted: ";
          case FORCED -> "Promoted by force: ";
          case REFUSED -> "Refused: ";
          case DECLINED, ROLLED_BACK ->
              throw new IllegalArgumentException("no decision of the gate: " + kind);
        };
    return new Verdict(decision + figures + ".", Gate.VERSION, reasons);
  }
}
