package dev.attune.launcher.promotion.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignTestTest {
  /** Binomial tail probabilities, computed with exact fractions elsewhere. */
  @ParameterizedTest
  @CsvSource({
    "0, 0, 1",
    "0, 1, 0.5",
    "1, 0, 1",
    "1, 1, 0.75",
    "0, 10, 0.0009765625",
    "2, 7, 0.08984375",
    "5, 5, 0.623046875",
  })
  void givesTheExactProbability(int better, int worse, double chance) {
    assertThat(SignTest.chance(better, worse)).isCloseTo(chance, within(1e-15));
  }

  @Test
  void addsUpToOneWithTheOtherSide() {
    for (int worse = 0; worse <= 40; worse++) {
      double atLeast = SignTest.chance(40 - worse, worse);
      double atMost = SignTest.chance(worse, 40 - worse);
      double exactly = SignTest.chance(40 - worse, worse) - SignTest.chance(39 - worse, worse + 1);
      if (worse < 40) {
        assertThat(atLeast + atMost - exactly).isCloseTo(1, within(1e-12));
      }
    }
  }

  @Test
  void staysExactWhereAPowerOfOneHalfIsNoNumberAnyMore() {
    // 0.5^5000 is below the smallest double; the normal approximation has four digits here.
    assertThat(SignTest.chance(2450, 2550)).isCloseTo(0.0807, within(5e-5));
    assertThat(SignTest.chance(0, 5000)).isZero();
    assertThat(SignTest.chance(5000, 0)).isEqualTo(1);
  }

  @Test
  void measuresTheDifferenceInStandardErrors() {
    assertThat(SignTest.standardErrors(0, 0)).isZero();
    assertThat(SignTest.standardErrors(8, 8)).isZero();
    assertThat(SignTest.standardErrors(4, 12)).isEqualTo(-2.0);
    assertThat(SignTest.standardErrors(12, 4)).isEqualTo(2.0);
  }
}
