package dev.attune.launcher.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.catalog.BaseModel.Price;
import dev.attune.config.TuningConfig.BackEnd;
import java.math.BigDecimal;
import java.time.LocalDate;
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
    assertThat(estimate.refusalAbove(cap).isEmpty()).isEqualTo(allowed);
  }

  @Test
  void saysWhatTheCapForbids() {
    CostEstimate estimate = estimate(BackEnd.VERTEX, 900_000, 100_000, 123, "10");
    assertThat(estimate.refusalAbove(20.0))
        .contains(
            "Tuning gemini-3.5-flash on 1,000,000 tokens for 123 epochs is estimated at US$"
                + " 1,230.00, above the cost cap of US$ 20.00: raise the cap, lower"
                + " tuning.epochs, or use fewer examples.");
    assertThat(estimate.refusalAbove(0.125)).get().asString().contains("cap of US$ 0.125: ");
    assertThat(estimate.refusalAbove(null)).isEmpty();
  }

  @Test
  void refusesACapWithoutAPrice() {
    CostEstimate estimate = estimate(BackEnd.VERTEX, 1, 1, 1, null);
    assertThat(estimate.usd()).isNull();
    assertThat(estimate.refusalAbove(5.0))
        .contains(
            "No price of tuning gemini-3.5-flash is known, so the cost cap of US$ 5.00 cannot be"
                + " kept: give the price in the file that tuning.baseModels names, or leave out"
                + " the cap.");
    assertThat(estimate.refusalAbove(null)).isEmpty();
  }

  @Test
  void costsNothingOnThisMachine() {
    CostEstimate estimate = estimate(BackEnd.LOCAL, 1_000_000, 0, 3, null);
    assertThat(estimate.usd()).isEqualByComparingTo("0");
    assertThat(estimate.refusalAbove(0.0)).isEmpty();
  }
}
