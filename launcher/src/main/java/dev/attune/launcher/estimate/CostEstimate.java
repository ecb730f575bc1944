package dev.attune.launcher.estimate;

import dev.attune.catalog.BaseModel.Price;
import dev.attune.config.TuningConfig.BackEnd;
import dev.attune.launcher.evaluation.cost.Dollars;
import dev.attune.launcher.evaluation.cost.EvaluationCost;
import dev.attune.message.Messages;
import dev.attune.page.FigureText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The estimated cost of tuning on a dataset.
 *
 * @param backEnd the local back end costs nothing
 * @param training tokens of train.jsonl
 * @param validation tokens of valid.jsonl; billed like training, as in Google's notebook, so that
 *     the estimate is too high rather than too low
 * @param method how tokens were counted
 * @param epochs passes over the dataset
 * @param price of the base model; null if it is unknown or tuning is free
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

  /** Returns the tokens of both files times epochs. */
  public long billedTokens() {
    return Math.multiplyExact(Math.addExact(training.tokens(), validation.tokens()), epochs);
  }

  /** Returns US dollars rounded up to a cent: 0 for the local back end, null without a price. */
  public @Nullable BigDecimal usd() {
    BigDecimal exact = exactUsd();
    return exact == null ? null : exact.setScale(CENTS, RoundingMode.CEILING);
  }

  /** Returns exact US dollars: 0 for the local back end, null without a price. */
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
   * Returns a sentence if the cost is above the cap, else empty.
   *
   * @param cap in US dollars, or null for no cap
   * @param evaluation evaluation of the tuned model, which counts towards the cap; models without a
   *     known price are left out
   */
  public Optional<String> refusalAbove(@Nullable Double cap, EvaluationCost evaluation) {
    BigDecimal usd = exactUsd();
    if (cap == null) {
      return Optional.empty();
    }
    if (usd == null) {
      return Optional.of(Messages.of("launcher.cost.no-price", baseModel, dollars(cap)));
    }
    BigDecimal together = usd.add(evaluation.exactUsd());
    if (together.compareTo(BigDecimal.valueOf(cap)) <= 0) {
      return Optional.empty();
    }
    Dollars shown = evaluation.after(usd);
    String evaluating =
        evaluation.exactUsd().signum() == 0
            ? ""
            : Messages.of(
                "launcher.cost.evaluation", evaluation.description(), shown.from(1), shown.total());
    return Optional.of(
        Messages.of(
            "launcher.cost.above-cap",
            baseModel,
            FigureText.count(training.tokens() + validation.tokens()),
            FigureText.count(epochs, "epoch"),
            shown.part(0),
            evaluating,
            dollars(cap)));
  }

  /** Returns US dollars of tuning and evaluation rounded up to a cent, or null without a price. */
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

  /** Returns sentences about costs that the estimate leaves out. */
  public List<String> warnings() {
    long media = training.examplesWithMedia() + validation.examplesWithMedia();
    return media > 0 && method != TokenMethod.TURN_RECORDS_COUNTED && backEnd != BackEnd.LOCAL
        ? List.of(
            Messages.of(
                media == 1 ? "launcher.cost.one-media" : "launcher.cost.media",
                FigureText.count(media)))
        : List.of();
  }
}
