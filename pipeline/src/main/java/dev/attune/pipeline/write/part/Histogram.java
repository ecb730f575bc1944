package dev.attune.pipeline.write.part;

import dev.attune.pipeline.report.ReportData;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/** Counts how many values fall into each bin; a bin is given by its start, the last has no end. */
final class Histogram implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int[] from;
  private final long[] counts;

  /**
   * Creates empty bins.
   *
   * @param from start of each bin, ascending; smaller values are counted in the first bin
   */
  Histogram(int... from) {
    this.from = from;
    this.counts = new long[from.length];
  }

  void add(int figure) {
    int at = Arrays.binarySearch(from, figure);
    counts[Math.max(0, at < 0 ? -at - 2 : at)]++;
  }

  void add(Histogram other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
  }

  /** Returns the histogram of training and validation; without bins if both are empty. */
  ReportData.Histogram beside(Histogram validation, String title, String unit) {
    return beside(validation, title, unit, String::valueOf);
  }

  /**
   * Returns the histogram of values that are counted in tenths, e.g. 75 for 7.5.
   *
   * @param unit of the numbers on the axis
   */
  ReportData.Histogram tenthsBeside(Histogram validation, String title, String unit) {
    return beside(
        validation,
        title,
        unit,
        tenths -> BigDecimal.valueOf(tenths, 1).stripTrailingZeros().toPlainString());
  }

  private ReportData.Histogram beside(
      Histogram validation, String title, String unit, IntFunction<String> label) {
    List<ReportData.Bin> bins = new ArrayList<>();
    for (int bin = 0; bin < counts.length && !(isEmpty() && validation.isEmpty()); bin++) {
      bins.add(new ReportData.Bin(label.apply(from[bin]), counts[bin], validation.counts[bin]));
    }
    return new ReportData.Histogram(title, unit, bins);
  }

  boolean isEmpty() {
    return Arrays.stream(counts).allMatch(count -> count == 0);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Histogram that
        && Arrays.equals(from, that.from)
        && Arrays.equals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(counts);
  }
}
