package dev.attune.pipeline.write;

import dev.attune.pipeline.report.ReportData;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * How often a figure lies in which bin; bins are given by where they begin, the last one is open.
 */
final class Histogram implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int[] from;
  private final long[] counts;

  /**
   * @param from where each bin begins, ascending; figures below the first count in the first
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

  int bins() {
    return from.length;
  }

  int from(int bin) {
    return from[bin];
  }

  long count(int bin) {
    return counts[bin];
  }

  /** This of training beside that of validation; without bins where both are empty. */
  ReportData.Histogram beside(Histogram validation, String title, String unit) {
    return beside(validation, title, unit, String::valueOf);
  }

  /**
   * The same of a figure that is counted in tenths and shown as a number, e.g. 75 as 7.5.
   *
   * @param unit of the number that is shown
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
