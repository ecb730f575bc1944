package dev.attune.launcher.evaluation.cost;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Formats amounts of US dollars, rounded up: with four decimals if their sum is below one dollar,
 * else with two. The parts of a sum are rounded so that they add up to it.
 */
public final class Dollars {
  private static final int CENTS = 2;
  private static final int SMALL = 4;

  /** Rounded sums of the first n parts, for n from 0. */
  private final List<BigDecimal> sums;

  private final String form;

  private Dollars(List<BigDecimal> sums, String form) {
    this.sums = sums;
    this.form = form;
  }

  /**
   * Returns a sum.
   *
   * @param parts exact amounts in their order of display; null counts as 0
   */
  public static Dollars sum(List<@Nullable BigDecimal> parts) {
    List<BigDecimal> exact = new ArrayList<>(List.of(BigDecimal.ZERO));
    BigDecimal soFar = BigDecimal.ZERO;
    for (BigDecimal part : parts) {
      soFar = part == null ? soFar : soFar.add(part);
      exact.add(soFar);
    }
    boolean isSmall = soFar.signum() > 0 && soFar.compareTo(BigDecimal.ONE) < 0;
    int places = isSmall ? SMALL : CENTS;
    return new Dollars(
        exact.stream().map(sum -> sum.setScale(places, RoundingMode.CEILING)).toList(),
        "%,." + places + "f");
  }

  /** Returns a single amount, e.g. {@code US$ 0.0121}. */
  public static String shown(BigDecimal exact) {
    return "US$ " + sum(List.of(exact)).total();
  }

  /** Returns a part without the currency. */
  public String part(int index) {
    return text(sums.get(index + 1).subtract(sums.get(index)));
  }

  /** Returns the sum of this part and the later ones without the currency. */
  public String from(int index) {
    return text(sums.get(sums.size() - 1).subtract(sums.get(index)));
  }

  /** Returns the whole sum without the currency. */
  public String total() {
    return from(0);
  }

  private String text(BigDecimal amount) {
    return String.format(Locale.ROOT, form, amount);
  }
}
