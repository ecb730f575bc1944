package dev.attune.launcher.estimate;

import dev.attune.catalog.BaseModel.Price;
import dev.attune.config.TuningConfig.BackEnd;
import dev.attune.launcher.evaluation.cost.Dollars;
import dev.attune.launcher.evaluation.cost.EvaluationCost;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What tuning on a dataset would cost.
 *
 * @param backEnd who would tune; the local one costs nothing
 * @param baseModel what would be tuned
 * @param training what train.jsonl comes to
 * @param validation what valid.jsonl comes to; it is paid for like training, as Google's notebook
 *     has it, so that the figure is rather too great than too small
 * @param method how tokens were counted
 * @param epochs passes over the dataset
 * @param price of the base model, or null: none is known, or none is asked
 */
public record CostEstimate(
    BackEnd backEnd,
    String baseModel,
    SplitTokens training,
    SplitTokens validation,
    TokenMethod method,
    int epochs,
    @Nullable Price price) {
  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
  private static final int CENTS = 2;

  /** Tokens that are paid for: those of both files, times epochs. */
  public long billedTokens() {
    return Math.multiplyExact(Math.addExact(training.tokens(), validation.tokens()), epochs);
  }

  /** US dollars, rounded up to a cent; 0 on this machine; null where no price is known. */
  public @Nullable BigDecimal usd() {
    BigDecimal exact = exactUsd();
    return exact == null ? null : exact.setScale(CENTS, RoundingMode.CEILING);
  }

  /** US dollars, exactly; 0 on this machine; null where no price is known. */
  public @Nullable BigDecimal exactUsd() {
    if (backEnd == BackEnd.LOCAL) {
      return BigDecimal.ZERO;
    }
    return price == null
        ? null
        : price
            .usdPerMillionTrainingTokens()
            .multiply(BigDecimal.valueOf(billedTokens()))
            .divide(MILLION);
  }

  /**
   * Why a cost cap forbids this, in a sentence; empty where it does not.
   *
   * @param cap in US dollars, or null: none
   * @param evaluation of the tuned model, which the cap covers, too; models without a known price
   *     are not in the sum
   */
  public Optional<String> refusalAbove(@Nullable Double cap, EvaluationCost evaluation) {
    BigDecimal usd = exactUsd();
    if (cap == null) {
      return Optional.empty();
    }
    if (usd == null) {
      return Optional.of(
          "No price of tuning "
              + baseModel
              + " is known, so the cost cap of US$ "
              + dollars(cap)
              + " cannot be kept: give the price in the file that tuning.baseModels names, or leave"
              + " out the cap.");
    }
    BigDecimal together = usd.add(evaluation.exactUsd());
    if (together.compareTo(BigDecimal.valueOf(cap)) <= 0) {
      return Optional.empty();
    }
    Dollars shown = evaluation.after(usd);
    String tuning =
        String.format(
            Locale.ROOT,
            "Tuning %s on %,d tokens for %d epoch%s is estimated at US$ %s",
            baseModel,
            training.tokens() + validation.tokens(),
            epochs,
            epochs == 1 ? "" : "s",
            shown.part(0));
    String evaluating =
        evaluation.exactUsd().signum() == 0
            ? ""
            : String.format(
                Locale.ROOT,
                " and the evaluation (%s) at US$ %s, together US$ %s",
                evaluation.words(),
                shown.from(1),
                shown.total());
    return Optional.of(
        tuning
            + evaluating
            + ", above the cost cap of US$ "
            + dollars(cap)
            + ": raise the cap, lower tuning.epochs, or use fewer examples.");
  }

  /** US dollars of tuning and evaluation, rounded up to a cent; null where no price is known. */
  public @Nullable BigDecimal usdWith(EvaluationCost evaluation) {
    BigDecimal exact = exactUsd();
    return exact == null
        ? null
        : exact.add(evaluation.exactUsd()).setScale(CENTS, RoundingMode.CEILING);
  }

  private static String dollars(double cap) {
    BigDecimal exact = BigDecimal.valueOf(cap);
    return exact.setScale(Math.max(CENTS, exact.scale()), RoundingMode.UNNECESSARY).toPlainString();
  }

  /** What the figures leave out, a sentence each. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    long media = training.examplesWithMedia() + validation.examplesWithMedia();
    if (media > 0 && method != TokenMethod.TURN_RECORDS_COUNTED && backEnd != BackEnd.LOCAL) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "%,d example%s media, whose tokens are not counted: the cost will be higher, and"
                  + " attune estimate --exact has the provider count them.",
              media,
              media == 1 ? " has" : "s have"));
    }
    return warnings;
  }
}
