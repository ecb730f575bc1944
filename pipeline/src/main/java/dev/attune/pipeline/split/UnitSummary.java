package dev.attune.pipeline.split;

import dev.attune.pipeline.example.Split;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Summarizes all units for the plan, in memory that does not grow with their number: sums, the
 * first and the last unit of each category, sums by ranges of the order, and the units that may go
 * to validation.
 *
 * <p>For each size, only as many candidates are kept as a greedy choice in order can take. Units of
 * one size are taken in order until one does not fit; no later unit of that size fits either,
 * because the room only shrinks. So {@code MAXIMUM_VALIDATION / n} units with n examples are
 * enough, plus one for each category, whose last unit is not taken. That is about 45,000 units for
 * all sizes.
 *
 * <p>All units with examples in the validation of the previous dataset are kept. There are not more
 * of them than examples in that file.
 */
public final class UnitSummary implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The maximum of validation examples in Vertex AI (checked on 2026-11-20). */
  static final int MAXIMUM_VALIDATION = 5_000;

  /** Number of ranges of the order, to find a cut without keeping all units. */
  static final int RANGES = 1_024;

  private final long threshold;
  private long examples;
  private long bytes;
  private final long[] rangeExamples = new long[RANGES];
  private final long[] rangeBytes = new long[RANGES];
  private final TreeMap<String, Ends> categories = new TreeMap<>();
  private final TreeMap<Integer, List<Unit>> candidates = new TreeMap<>();
  private final ArrayList<Unit> previousValidation = new ArrayList<>();
  private final TreeSet<String> trainedCategories = new TreeSet<>();
  private final TreeSet<String> validationCategories = new TreeSet<>();
  private long carriedTraining;
  private long carriedTrainingBytes;
  private long carriedValidation;
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
   * Creates a summary of no units.
   *
   * @param validation the share of examples to hold back for validation, 0 to 0.5
   */
  public UnitSummary(double validation) {
    this.threshold = threshold(validation);
  }

  /** Returns the unsigned order below which this share of all orders lies. */
  private static long threshold(double share) {
    // 2^63 * share is exact in a double's 53 bits; doubled as an unsigned long.
    return (long) (share * 0x1p63) << 1;
  }

  /**
   * Adds a unit with new examples.
   *
   * @param unitCategories the categories of its new examples
   */
  void add(Unit unit, Iterable<String> unitCategories) {
    examples += unit.examples();
    bytes += unit.bytes();
    if (unit.carriedIn() == CarriedIn.VALIDATION) {
      previousValidation.add(unit);
      return;
    }
    int range = unit.range(RANGES);
    rangeExamples[range] += unit.examples();
    rangeBytes[range] += unit.bytes();
    if (unit.carriedIn() != CarriedIn.NEITHER) {
      return;
    }
    Ends ends = new Ends(unit, unit);
    for (String category : unitCategories) {
      categories.merge(category, ends, Ends::and);
    }
    if (Long.compareUnsigned(unit.orderHash(), threshold) < 0) {
      candidates.computeIfAbsent(unit.examples(), size -> new ArrayList<>()).add(unit);
    }
  }

  /** Adds a carried example. */
  void addCarried(Split split, long lineBytes, List<String> itsCategories) {
    if (split == Split.TRAINING) {
      carriedTraining++;
      carriedTrainingBytes += lineBytes;
      trainedCategories.addAll(itsCategories);
    } else {
      carriedValidation++;
      validationCategories.addAll(itsCategories);
    }
  }

  /** Adds the categories of a unit that must go to training. */
  void addTrained(Collection<String> itsCategories) {
    trainedCategories.addAll(itsCategories);
  }

  /** Adds a candidate for the largest unit. */
  void offer(LargestUnit unit) {
    largest = largest == null ? unit : largest.or(unit);
  }

  /** Returns the largest unit, or null if there are no units. */
  @Nullable LargestUnit largest() {
    return largest;
  }

  /** Returns the sum of the summaries, for this share of validation. Does not change them. */
  static UnitSummary sum(double validation, Iterable<UnitSummary> parts) {
    UnitSummary sum = new UnitSummary(validation);
    parts.forEach(sum::add);
    return sum;
  }

  /** Adds another summary and returns this one. */
  public UnitSummary add(UnitSummary other) {
    examples += other.examples;
    bytes += other.bytes;
    for (int i = 0; i < RANGES; i++) {
      rangeExamples[i] += other.rangeExamples[i];
      rangeBytes[i] += other.rangeBytes[i];
    }
    previousValidation.addAll(other.previousValidation);
    trainedCategories.addAll(other.trainedCategories);
    validationCategories.addAll(other.validationCategories);
    carriedTraining += other.carriedTraining;
    carriedTrainingBytes += other.carriedTrainingBytes;
    carriedValidation += other.carriedValidation;
    other.categories.forEach((category, ends) -> categories.merge(category, ends, Ends::and));
    other.candidates.forEach(
        (size, units) -> candidates.computeIfAbsent(size, s -> new ArrayList<>()).addAll(units));
    if (other.largest != null) {
      offer(other.largest);
    }
    return trim();
  }

  /** Removes candidates that cannot be chosen, and returns this summary. */
  UnitSummary trim() {
    previousValidation.sort(Unit.IN_ORDER);
    candidates.replaceAll(
        (size, units) -> {
          units.sort(Unit.IN_ORDER);
          int enough = MAXIMUM_VALIDATION / size + categories.size();
          return units.size() <= enough ? units : new ArrayList<>(units.subList(0, enough));
        });
    return this;
  }

  /** Returns the number of all examples, new and carried. */
  long examples() {
    return examples + carriedTraining + carriedValidation;
  }

  long bytes() {
    return bytes;
  }

  /** Returns the number of carried training examples. */
  long carriedTraining() {
    return carriedTraining;
  }

  /** Returns the size of the lines of the carried training examples, with line feeds. */
  long carriedTrainingBytes() {
    return carriedTrainingBytes;
  }

  /** Returns the number of carried validation examples. */
  long carriedValidation() {
    return carriedValidation;
  }

  /** Returns the units whose carried examples are all in validation, in order. */
  List<Unit> previousValidation() {
    return List.copyOf(previousValidation);
  }

  /** Returns whether training has a carried example of a category. */
  boolean isTrained(String category) {
    return trainedCategories.contains(category);
  }

  /** Returns whether validation has a carried example of a category. */
  boolean isInValidation(String category) {
    return validationCategories.contains(category);
  }

  /** Returns the number of new examples in a range of the order that may go to training. */
  long rangeExamples(int range) {
    return rangeExamples[range];
  }

  long rangeBytes(int range) {
    return rangeBytes[range];
  }

  Map<String, Ends> categories() {
    return categories;
  }

  /** Returns the units that may go to validation, in order. */
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
        && previousValidation.equals(that.previousValidation)
        && trainedCategories.equals(that.trainedCategories)
        && validationCategories.equals(that.validationCategories)
        && carriedTraining == that.carriedTraining
        && carriedTrainingBytes == that.carriedTrainingBytes
        && carriedValidation == that.carriedValidation
        && Objects.equals(largest, that.largest);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(31 * examples + bytes);
  }
}
