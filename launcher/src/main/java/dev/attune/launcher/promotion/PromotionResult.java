package dev.attune.launcher.promotion;

import dev.attune.launcher.ledger.Promotions;
import org.jspecify.annotations.Nullable;

/**
 * The result of a promotion, a rollback or a decline.
 *
 * @param dataset the name of the dataset
 * @param model the model to promote or decline, or the model that the rollback restored
 * @param entry the decision in the ledger; null if nothing was decided because the model is already
 *     the champion or declined
 * @param champion the model in use from now on, or null
 * @param judgement the result of the gate, or null if it was not applied
 * @param envFile the state of the env file
 */
public record PromotionResult(
    String dataset,
    String model,
    Promotions.@Nullable Entry entry,
    @Nullable String champion,
    @Nullable GateResult judgement,
    EnvFileState envFile) {

  /** Returns whether the gate refused the model. */
  public boolean isRefused() {
    return entry != null && entry.kind() == Promotions.Kind.REFUSED;
  }

  /** Returns whether the model is declined. */
  public boolean isDeclined() {
    return entry == null ? !model.equals(champion) : entry.kind() == Promotions.Kind.DECLINED;
  }

  /**
   * The state of an env file.
   *
   * @param file the path as a person would type it
   * @param modelId the model that it names, or null
   * @param changed whether it was changed
   */
  public record EnvFileState(String file, @Nullable String modelId, boolean changed) {}
}
