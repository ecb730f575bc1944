package dev.attune.launcher.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.catalog.BaseModel.AskingPrice;
import dev.attune.catalog.BaseModel.Price;
import dev.attune.config.TuningConfig.BackEnd;
import dev.attune.launcher.evaluation.cost.ContestantCost;
import dev.attune.launcher.evaluation.cost.EvaluationCost;
import dev.attune.launcher.evaluation.document.ContestantRole;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CostEstimateTest {
  private static CostEstimate estimate(
      BackEnd backEnd, long training, long validation, int epochs, @Nullable String price) {
    return new CostEstimate(
        backEnd,
        "gemini-3.5-flash",
        new SplitTokens(1, 1, training, 0),
        new SplitTokens(1, 1, validation, 0),
        TokenMethod.TURN_RECORDS_ESTIMATED,
        epochs,
        price == null
            ? null
            : new Price(new BigDecimal(price), "somewhere", LocalDate.of(2026, 11, 20)));
  }

  /** The first is a real job: 241,479 tokens, 3 epochs, US$ 5 a million, billed as US$ 3.62. */
  @ParameterizedTest
  @CsvSource({
    "241479, 0, 3, 5, 724437, 3.63",
    "900000, 100000, 1, 10, 1000000, 10.00",
    "1, 0, 1, 10, 1, 0.01",
    "0, 0, 1, 10, 0, 0.00",
    "100000000000, 100000000000, 1000, 25, 200000000000000, 5000000000.00",
  })
  void costsTokensTimesEpochsTimesThePrice(
      long training, long validation, int epochs, String price, long billed, BigDecimal usd) {
    CostEstimate estimate = estimate(BackEnd.VERTEX, training, validation, epochs, price);
    assertThat(estimate.billedTokens()).isEqualTo(billed);
    assertThat(estimate.usd()).isEqualTo(usd);
  }

  @ParameterizedTest
  @CsvSource({"10.0, true", "10, true", "10.5, true", "9.99999, false", "0, false"})
  void keepsToTheCap(double cap, boolean allowed) {
    CostEstimate estimate = estimate(BackEnd.VERTEX, 900_000, 100_000, 1, "10");
    assertThat(estimate.refusalAbove(cap, EvaluationCost.NOTHING).isEmpty()).isEqualTo(allowed);
  }

  @Test
  void saysWhatTheCapForbids() {
    CostEstimate estimate = estimate(BackEnd.VERTEX, 900_000, 100_000, 123, "10");
    assertThat(estimate.refusalAbove(20.0, EvaluationCost.NOTHING))
        .contains(
            "Tuning gemini-3.5-flash on 1,000,000 tokens for 123 epochs is estimated at US$"
                + " 1,230.00, above the cost cap of US$ 20.00: raise the cap, lower"
                + " tuning.epochs, or use fewer examples.");
    assertThat(estimate.refusalAbove(0.125, EvaluationCost.NOTHING))
        .get()
        .asString()
        .contains("cap of US$ 0.125: ");
    assertThat(estimate.refusalAbove(null, EvaluationCost.NOTHING)).isEmpty();
  }

  /** 900,000 questions of 1,000 tokens at US$ 2 and answers of 100 at 10, half as much again. */
  @Test
  void coversTheEvaluationThatFollows() {
    AskingPrice price =
        new AskingPrice(
            new BigDecimal("2"),
            new BigDecimal("10"),
            new BigDecimal("1.5"),
            "somewhere",
            LocalDate.of(2026, 11, 28));
    ContestantCost model =
        new ContestantCost(ContestantRole.MODEL, "m", true, true, 900, 900_000, 90_000, price);
    ContestantCost base =
        new ContestantCost(ContestantRole.BASE, "b", true, false, 100, 100_000, 10_000, price);
    EvaluationCost both = new EvaluationCost(List.of(model, base));
    CostEstimate estimate = estimate(BackEnd.VERTEX, 900_000, 100_000, 1, "10");

    assertThat(model.usd()).isEqualByComparingTo("4.05");
    assertThat(base.usd()).isEqualByComparingTo("0.30");
    assertThat(estimate.usdWith(both)).isEqualTo("14.35");
    assertThat(estimate.refusalAbove(14.35, both)).isEmpty();
    assertThat(estimate.refusalAbove(14.0, both))
        .contains(
            "Tuning gemini-3.5-flash on 1,000,000 tokens for 1 epoch is estimated at US$ 10.00 and"
                + " the evaluation (1,000 questions to 2 hosted models, 1,000,000 input and 100,000"
                + " output tokens) at US$ 4.35, together US$ 14.35, above the cost cap of US$"
                + " 14.00: raise the cap, lower tuning.epochs, or use fewer examples.");
  }

  @Test
  void leavesOutOfTheFigureWhatHasNoPriceAndSaysSo() {
    ContestantCost unknown =
        new ContestantCost(ContestantRole.BASE, "b", true, false, 1, 1, 1, null);
    ContestantCost here =
        new ContestantCost(ContestantRole.CHAMPION, "c", false, true, 1, 1, 1, null);
    EvaluationCost cost = new EvaluationCost(List.of(unknown, here));

    assertThat(cost.exactUsd()).isEqualByComparingTo("0");
    assertThat(cost.warning())
        .contains(
            "The price of asking base b is unknown and not part of the cost of the evaluation: add"
                + " it as askingPrice to the file of tuning.baseModels.");
    assertThat(estimate(BackEnd.VERTEX, 1, 1, 1, "1").refusalAbove(1.0, cost)).isEmpty();
  }

  @Test
  void refusesACapWithoutAPrice() {
    CostEstimate estimate = estimate(BackEnd.VERTEX, 1, 1, 1, null);
    assertThat(estimate.usd()).isNull();
    assertThat(estimate.refusalAbove(5.0, EvaluationCost.NOTHING))
        .contains(
            "The price of tuning gemini-3.5-flash is unknown, so the cost cap of US$ 5.00 cannot be"
                + " checked: add the price to the file of tuning.baseModels, or remove the cap.");
    assertThat(estimate.refusalAbove(null, EvaluationCost.NOTHING)).isEmpty();
  }

  @Test
  void costsNothingOnThisMachine() {
    CostEstimate estimate = estimate(BackEnd.LOCAL, 1_000_000, 0, 3, null);
    assertThat(estimate.usd()).isEqualByComparingTo("0");
    assertThat(estimate.refusalAbove(0.0, EvaluationCost.NOTHING)).isEmpty();
  }
}
