package dev.attune.launcher.promotion;

import dev.attune.launcher.ledger.Promotions;
import org.jspecify.annotations.Nullable;

/**
 * What came of a promotion, a rollback, or the decision not to use a model.
 *
 * @param dataset name of the dataset
 * @param model which was asked to be promoted or declined, or was put back
 * @param entry the decision as the ledger has it; null where nothing was decided, because the model
 *     is the champion or declined already
 * @param champion the model in use from now on, or null
 * @param judgement what the gate said, or null: it was not held
 * @param inEnvFile what the env file says
 */
public record Outcome(
    String dataset,
    String model,
    Promotions.@Nullable Entry entry,
    @Nullable String champion,
    @Nullable Judgement judgement,
    InEnvFile inEnvFile) {

  /** Whether the gate kept the model out. */
  public boolean isRefused() {
    return entry != null && entry.kind() == Promotions.Kind.REFUSED;
  }

  /** Whether the model is not in use after the decision, without being refused by the gate. */
  public boolean isDeclined() {
    return entry == null ? !model.equals(champion) : entry.kind() == Promotions.Kind.DECLINED;
  }

  /**
   * What an env file says.
   *
   * @param file as a person would type it
   * @param modelId that it names, or null: none
   * @param changed whether it was changed
   */
  public record InEnvFile(String file, @Nullable String modelId, boolean changed) {}
}
