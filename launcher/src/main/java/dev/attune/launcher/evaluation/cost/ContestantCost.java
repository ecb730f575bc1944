package dev.attune.launcher.evaluation.cost;

import dev.attune.catalog.BaseModel.AskingPrice;
import dev.attune.launcher.evaluation.document.ContestantRole;
import dev.attune.launcher.evaluation.question.Question;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cost of asking one model.
 *
 * @param id id of its job, or the name of a base model
 * @param hosted whether it is asked over a network; other models cost nothing
 * @param tuned whether the factor for tuned models applies to the price
 * @param questions number of questions without a kept answer
 * @param inputTokens estimated tokens of these questions
 * @param outputTokens estimated tokens of the answers
 * @param price price of its base model; null if it is unknown or the model is not hosted
 */
public record ContestantCost(
    ContestantRole role,
    String id,
    boolean hosted,
    boolean tuned,
    int questions,
    long inputTokens,
    long outputTokens,
    @Nullable AskingPrice price) {
  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

  /**
   * Returns the cost of asking a model.
   *
   * @param open questions without a kept answer
   * @param price price of its base model, or null
   */
  public static ContestantCost of(
      ContestantRole role,
      String id,
      boolean hosted,
      boolean tuned,
      List<Question> open,
      @Nullable AskingPrice price) {
    QuestionTokens tokens = QuestionTokens.of(open);
    return new ContestantCost(
        role,
        id,
        hosted,
        tuned,
        open.size(),
        tokens.input(),
        tokens.output(),
        hosted ? price : null);
  }

  /** Returns exact US dollars; null if the price is unknown. */
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
