package dev.attune.launcher.evaluation.document;

import dev.attune.launcher.evaluation.figures.Estimate;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The scale of a column of intervals.
 *
 * @param least value at the left end
 * @param most value at the right end
 */
record IntervalScale(double least, double most) {
  /** The scale of shares. */
  static final IntervalScale SHARES = new IntervalScale(0, 1);

  private static final List<Double> ENDS = List.of(0.02, 0.05, 0.1, 0.2, 0.5);

  /** Returns a scale with 0 in the middle that contains all the gains. */
  static IntervalScale ofGains(Stream<@Nullable Estimate> gains) {
    double widest =
        gains
            .filter(Objects::nonNull)
            .mapToDouble(gain -> Math.max(Math.abs(gain.low()), Math.abs(gain.high())))
            .max()
            .orElse(1);
    double end = ENDS.stream().filter(candidate -> widest <= candidate).findFirst().orElse(1.0);
    return new IntervalScale(-end, end);
  }

  /** Returns the labels at the left end, in the middle and at the right end. */
  List<String> marks() {
    return Stream.of(least, (least + most) / 2, most).map(this::mark).toList();
  }

  private String mark(double value) {
    String digits = BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    return value > 0 && least < 0 ? "+" + digits : digits;
  }
}
