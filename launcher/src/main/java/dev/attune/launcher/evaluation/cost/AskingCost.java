package dev.attune.launcher.evaluation.cost;

import dev.attune.catalog.BaseModel.AskingPrice;
import dev.attune.launcher.evaluation.Question;
import dev.attune.launcher.evaluation.document.Standing;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What asking one model will cost.
 *
 * @param standing as what it takes part
 * @param id what people call it
 * @param hosted whether it is asked over a network; else asking it costs nothing
 * @param tuned whether it was tuned from the base model that the price is of
 * @param questions that it will be asked: those that it has not answered yet
 * @param inputTokens of these questions, an estimate
 * @param outputTokens of the answers, an estimate
 * @param price of its base model, or null: none is known, or none is needed
 */
public record AskingCost(
    Standing standing,
    String id,
    boolean hosted,
    boolean tuned,
    int questions,
    long inputTokens,
    long outputTokens,
    @Nullable AskingPrice price) {
  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

  /** Of a hosted model. */
  public static AskingCost hosted(
      Standing standing,
      String id,
      boolean tuned,
      List<Question> open,
      @Nullable AskingPrice price) {
    QuestionTokens tokens = QuestionTokens.of(open);
    return new AskingCost(
        standing, id, true, tuned, open.size(), tokens.input(), tokens.output(), price);
  }

  /** Of a model on this machine. */
  public static AskingCost here(Standing standing, String id, boolean tuned, List<Question> open) {
    QuestionTokens tokens = QuestionTokens.of(open);
    return new AskingCost(
        standing, id, false, tuned, open.size(), tokens.input(), tokens.output(), null);
  }

  /** US dollars, exactly; null where no price is known. */
  public @Nullable BigDecimal usd() {
    AskingPrice known = price;
    if (!hosted || questions == 0) {
      return BigDecimal.ZERO;
    }
    if (known == null) {
      return null;
    }
    BigDecimal base =
        known
            .usdPerMillionInputTokens()
            .multiply(BigDecimal.valueOf(inputTokens))
            .add(known.usdPerMillionOutputTokens().multiply(BigDecimal.valueOf(outputTokens)))
            .divide(MILLION);
    return tuned ? base.multiply(known.tunedTimes()) : base;
  }
}
