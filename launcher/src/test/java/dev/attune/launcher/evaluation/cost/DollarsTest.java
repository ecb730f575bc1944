package dev.attune.launcher.evaluation.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class DollarsTest {
  private static final BigDecimal TUNING = new BigDecimal("0.01209");

  @Test
  void aSmallAmountIsNotRoundedToCents() {
    assertThat(Dollars.shown(TUNING)).isEqualTo("US$ 0.0121");
    assertThat(Dollars.shown(new BigDecimal("0.0000001"))).isEqualTo("US$ 0.0001");
    assertThat(Dollars.shown(BigDecimal.ZERO)).isEqualTo("US$ 0.00");
    assertThat(Dollars.shown(new BigDecimal("1234.5601"))).isEqualTo("US$ 1,234.57");
  }

  @Test
  void partsHaveTheDecimalsOfTheirSum() {
    Dollars great = Dollars.sum(List.of(TUNING, new BigDecimal("2.5")));

    assertThat(great.part(0) + " + " + great.part(1) + " = " + great.total())
        .isEqualTo("0.02 + 2.50 = 2.52");
  }

  @Test
  void whatIsNotKnownIsNotInTheSum() {
    Dollars some = Dollars.sum(Arrays.asList(null, TUNING));

    assertThat(some.total()).isEqualTo("0.0121");
  }

  @Property(tries = 200)
  void shownPartsAddUpToTheShownSum(
      @ForAll @Size(min = 1, max = 5) List<@Scale(7) @BigRange(min = "0", max = "0.5") BigDecimal> parts) {
    Dollars dollars = Dollars.sum(parts);
    BigDecimal rest = BigDecimal.ZERO;
    for (int i = 1; i < parts.size(); i++) {
      rest = rest.add(new BigDecimal(dollars.part(i)));
    }

    assertThat(new BigDecimal(dollars.from(1))).isEqualByComparingTo(rest);
    assertThat(new BigDecimal(dollars.total()))
        .isEqualByComparingTo(rest.add(new BigDecimal(dollars.part(0))));
  }
}
