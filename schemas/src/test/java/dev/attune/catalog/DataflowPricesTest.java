package dev.attune.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attune.catalog.DataflowPrices.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataflowPricesTest {
  private static final DataflowPrices PRICES = DataflowPrices.bundled();

  @Test
  void addsUpWhatAJobTakes() {
    assertThat(PRICES.usd(new Usage(10, 40, 1000, 2), false))
        .isCloseTo(0.56 + 0.14228 + 0.054 + 0.022, within(1e-9));
    assertThat(PRICES.usd(new Usage(10, 40, 1000, 2), true))
        .isCloseTo(0.6 * (0.56 + 0.14228) + 0.054 + 0.022, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "100, 25", "250, 62.5", "350, 112.5", "5120, 2497.5", "5220, 2597.5"})
  void billsAShareOfTheShuffleThatRises(double processed, double billed) {
    assertThat(DataflowPrices.billedShuffleGb(processed)).isCloseTo(billed, within(1e-9));
  }

  @Test
  void namesTheDayOfItsPrices() {
    assertThat(PRICES.pricesOf()).isEqualTo("2023-09-18");
  }
}
