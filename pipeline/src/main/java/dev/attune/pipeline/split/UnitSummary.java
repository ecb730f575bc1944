package dev.attune.pipeline.split;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the plan needs to know of all units, in memory that does not grow with them: sums, the first
 * and the last unit of each category, sums by ranges of the order, and the units that may go to
 * validation.
 *
 * <p>Of the latter only so many are kept of each size as a greedy choice in order can take: units
 * of one size are taken in order until the first that does not fit, and behind it none of that size
 * fits, since room only shrinks. So of units with n examples {@code MAXIMUM_VALIDATION / n} are
 * enough, and one more for each category, whose last unit is not taken. That is about 45,000 units
 * for all sizes.
 */
final class UnitSummary implements Serializable {
  private static final long serialVersionUID = 1L;

  /** No more validation examples than this are taken by Vertex AI (facts of 2026-11-20). */
  static final int MAXIMUM_VALIDATION = 5_000;

  /** Ranges of the order, to find where a cut lies without holding all units. */
  static final int RANGES = 1_024;

  private final long threshold;
  private long examples;
  private long bytes;
  private final long[] rangeExamples = new long[RANGES];
  private final long[] rangeBytes = new long[RANGES];
  private final TreeMap<String, Ends> categories = new TreeMap<>();
  private final TreeMap<Integer, List<Unit>> candidates = new TreeMap<>();
  private @Nullable LargestUnit largest;

  /** The first and the last unit of a category. */
  record Ends(Unit first, Unit last) implements Serializable {
    Ends and(Ends other) {
      return new Ends(
          Unit.IN_ORDER.compare(first, other.first) <= 0 ? first : other.first,
          Unit.IN_ORDER.compare(last, other.last) >= 0 ? last : other.last);
    }
  }

  /**
   * Of no units yet.
   *
   * @param validation the share to hold back, 0 to 0.5
   */
  UnitSummary(double validation) {
    this.threshold = threshold(validation);
  }

  /** The order, as unsigned, under which that share of all orders lies. */
  private static long threshold(double share) {
    // 2^63 * share is exact in a double's 53 bits; doubled as an unsigned long.
    return (long) (share * 0x1p63) << 1;
  }

  void add(Unit unit, Iterable<String> unitCategories) {
    examples += unit.examples();
    bytes += unit.bytes();
    int range = unit.range(RANGES);
    rangeExamples[range] += unit.examples();
    rangeBytes[range] += unit.bytes();
    Ends ends = new Ends(unit, unit);
    for (String category : unitCategories) {
      categories.merge(category, ends, Ends::and);
    }
    if (Long.compareUnsigned(unit.order(), threshold) < 0) {
      candidates.computeIfAbsent(unit.examples(), size -> new ArrayList<>()).add(unit);
    }
  }

  /** This unit may be the largest. */
  void offer(LargestUnit unit) {
    largest = largest == null ? unit : largest.or(unit);
  }

  /** The largest unit, or null: there is none. */
  @Nullable LargestUnit largest() {
    return largest;
  }

  /** This and the other together. */
  UnitSummary add(UnitSummary other) {
    examples += other.examples;
    bytes += other.bytes;
    for (int i = 0; i < RANGES; i++) {
      rangeExamples[i] += other.rangeExamples[i];
      rangeBytes[i] += other.rangeBytes[i];
    }
    other.categories.forEach((category, ends) -> categories.merge(category, ends, Ends::and));
    other.candidates.forEach(
        (size, units) -> candidates.computeIfAbsent(size, s -> new ArrayList<>()).addAll(units));
    if (other.largest != null) {
      offer(other.largest);
    }
    return trim();
  }

  /** Forgets candidates that cannot be taken. */
  UnitSummary trim() {
    candidates.replaceAll(
        (size, units) -> {
          units.sort(Unit.IN_ORDER);
          int enough = MAXIMUM_VALIDATION / size + categories.size();
          return units.size() <= enough ? units : new ArrayList<>(units.subList(0, enough));
        });
    return this;
  }

  long examples() {
    return examples;
  }

  long bytes() {
    return bytes;
  }

  long rangeExamples(int range) {
    return rangeExamples[range];
  }

  long rangeBytes(int range) {
    return rangeBytes[range];
  }

  Map<String, Ends> categories() {
    return categories;
  }

  /** The units under the share, in order, as far as they can be taken. */
  List<Unit> candidates() {
    return candidates.values().stream().flatMap(List::stream).sorted(Unit.IN_ORDER).toList();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UnitSummary that
        && threshold == that.threshold
        && examples == that.examples
        && bytes == that.bytes
        && Arrays.equals(rangeExamples, that.rangeExamples)
        && Arrays.equals(rangeBytes, that.rangeBytes)
        && categories.equals(that.categories)
        && candidates.equals(that.candidates)
        && Objects.equals(largest, that.largest);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(31 * examples + bytes);
  }
}
