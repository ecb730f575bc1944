package dev.attune.launcher.promotion;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the gate says of a model.
 *
 * @param evaluation id in the ledger of the evaluation that was looked at, or null: there is none
 * @param evidence what it measured, or null: there is none
 * @param obstacle why the gate cannot be held, a sentence that says what to do; or null
 * @param reasons one sentence for each test that it fails, or the obstacle; none if it passes
 * @param notes what else somebody should know, a sentence each
 */
public record Judgement(
    @Nullable String evaluation,
    @Nullable Evidence evidence,
    @Nullable String obstacle,
    List<String> reasons,
    List<String> notes) {
  public Judgement {
    reasons = List.copyOf(reasons);
    notes = List.copyOf(notes);
  }

  /** The gate cannot be held. */
  static Judgement impossible(
      @Nullable String evaluation, @Nullable Evidence evidence, String obstacle) {
    return new Judgement(evaluation, evidence, obstacle, List.of(obstacle), List.of());
  }
}
