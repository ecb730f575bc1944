package dev.attune.launcher.evaluation.cost;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Amounts of US dollars as people read them: four decimals where their sum is below one dollar,
 * else two, rounded up. The parts of a sum are rounded together, so that what is shown adds up.
 */
public final class Dollars {
  private static final int CENTS = 2;
  private static final int SMALL = 4;

  /** What the first n parts come to, as shown; one more than there are parts. */
  private final List<BigDecimal> sums;

  private final String form;

  private Dollars(List<BigDecimal> sums, String form) {
    this.sums = sums;
    this.form = form;
  }

  /**
   * A sum.
   *
   * @param parts exact amounts, in the order in which they are shown; null counts as nothing
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

  /** One amount by itself, {@code US$ 0.0121}. */
  public static String shown(BigDecimal exact) {
    return "US$ " + sum(List.of(exact)).total();
  }

  /** A part, without the currency. */
  public String part(int index) {
    return text(sums.get(index + 1).subtract(sums.get(index)));
  }

  /** What the parts from this one on come to, without the currency. */
  public String from(int index) {
    return text(sums.get(sums.size() - 1).subtract(sums.get(index)));
  }

  /** What all parts come to, without the currency. */
  public String total() {
    return from(0);
  }

  private String text(BigDecimal amount) {
    return String.format(Locale.ROOT, form, amount);
  }
}
