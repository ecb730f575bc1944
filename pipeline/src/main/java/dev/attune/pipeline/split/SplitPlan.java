package dev.attune.pipeline.split;

import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.example.Split;
import dev.attune.pipeline.example.Utf8Order;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Assigns each unit to training or validation, or leaves it out. The plan is made in two steps, so
 * that no worker holds all units: {@link #choose} picks the validation units and finds the range of
 * the order in which training must be cut; {@link #cut} receives the units of that range. The rules
 * are in docs/adr/0004-the-split-in-detail.md.
 *
 * @param capacity the most examples and bytes of train.jsonl
 * @param validation the validation units by their hashes, with those that {@link #cut} left out
 *     again
 * @param validationCut the hashes of units for validation that are left out
 * @param nearValidation the validation example that each of these contents of training is near to
 * @param nearTrained the id of the carried training example that each of these contents is near to
 * @param carriedValidation the number of validation examples that are carried over
 * @param trainingExamples the number of training examples
 * @param cutRange the range in which training is cut, or null if all units fit
 * @param firstCutHash the hash of the first training unit that is left out, or null
 */
public record SplitPlan(
    Capacity capacity,
    Map<Long, Unit> validation,
    Set<Long> validationCut,
    Map<Key128, ValidationExample> nearValidation,
    Map<Key128, String> nearTrained,
    long carriedValidation,
    long trainingExamples,
    @Nullable CutRange cutRange,
    @Nullable Long firstCutHash) {
  // Vertex AI: more than 1,000 validation examples may be at most 30% of the training examples.
  private static final int UNCAPPED_VALIDATION = 1_000;

  /** The most examples and bytes of train.jsonl. */
  record Capacity(long examples, long bytes) implements Serializable {}

  /** One of {@link UnitSummary#RANGES} ranges of the order, and what is before it in training. */
  record CutRange(int number, long examplesBefore, long bytesBefore) {}

  /**
   * Chooses the validation units.
   *
   * @param maximumExamples the maximum number of training examples
   * @param maximumBytes the maximum size of train.jsonl
   * @param share the share of examples to hold back for validation; with 0 there is no validation
   */
  public static SplitPlan choose(
      UnitSummary units, double share, long maximumExamples, long maximumBytes) {
    SplitPlan plan =
        new SplitPlan(
            new Capacity(maximumExamples, maximumBytes),
            new HashMap<>(),
            new HashSet<>(),
            Map.of(),
            Map.of(),
            units.carriedValidation(),
            0,
            null,
            null);
    // v <= 0.3 (n - v) is 13 v <= 3 n.
    long room = cap(units.examples() * 3 / 13) - units.carriedValidation();
    room = plan.takePreviousValidation(units, room);
    if (share > 0) {
      plan.chooseValidation(units, room);
    }
    return plan.withCutRange(units);
  }

  /**
   * Takes the new examples of units in the previous validation first, because they cannot go to
   * training. Returns the room that is left.
   */
  private long takePreviousValidation(UnitSummary units, long room) {
    long left = take(units.previousValidation(), Set.of(), room);
    for (Unit unit : units.previousValidation()) {
      if (!validation.containsKey(unit.orderHash())) {
        validationCut.add(unit.orderHash());
      }
    }
    return left;
  }

  /**
   * Adds new units to validation. The units of the previous validation come first, see {@link
   * #takePreviousValidation}; then, each in the order of the hashes and as far as there is room:
   *
   * <ol>
   *   <li>the first unit of each category that has no carried validation example. The last unit of
   *       a category is kept in training, unless training has a carried example of the category;
   *   <li>the candidates: the units whose hash is within the share.
   * </ol>
   *
   * <p>All others go to training.
   */
  private void chooseValidation(UnitSummary units, long room) {
    Set<Unit> kept = new HashSet<>();
    List<Unit> firsts = new ArrayList<>();
    units.categories().forEach((category, ends) -> addEnds(category, ends, units, kept, firsts));
    firsts.sort(Unit.IN_ORDER);
    long left = take(firsts, kept, room);
    take(units.candidates(), kept, left);
  }

  /**
   * Adds the first unit of a category to those for validation, and the last one to those kept in
   * training.
   */
  private static void addEnds(
      String category,
      UnitSummary.Ends ends,
      UnitSummary units,
      Set<Unit> kept,
      List<Unit> firsts) {
    boolean several = !ends.first().equals(ends.last());
    boolean trained = units.isTrained(category);
    if (several && !trained) {
      kept.add(ends.last());
    }
    if ((several || trained) && !units.isInValidation(category)) {
      firsts.add(ends.first());
    }
  }

  private long take(List<Unit> units, Set<Unit> kept, long room) {
    long left = room;
    for (Unit unit : units) {
      if (unit.examples() <= left
          && !kept.contains(unit)
          && !validation.containsKey(unit.orderHash())) {
        validation.put(unit.orderHash(), unit);
        left -= unit.examples();
      }
    }
    return left;
  }

  private static long cap(long thirtyPercent) {
    return Math.min(UnitSummary.MAXIMUM_VALIDATION, Math.max(UNCAPPED_VALIDATION, thirtyPercent));
  }

  private SplitPlan withCutRange(UnitSummary units) {
    long[] examples = new long[UnitSummary.RANGES];
    long[] bytes = new long[UnitSummary.RANGES];
    for (int range = 0; range < UnitSummary.RANGES; range++) {
      examples[range] = units.rangeExamples(range);
      bytes[range] = units.rangeBytes(range);
    }
    for (Unit unit : validation.values()) {
      if (unit.carriedIn() != CarriedIn.VALIDATION) {
        examples[unit.range(UnitSummary.RANGES)] -= unit.examples();
        bytes[unit.range(UnitSummary.RANGES)] -= unit.bytes();
      }
    }
    long examplesSoFar = units.carriedTraining();
    long bytesSoFar = units.carriedTrainingBytes();
    for (int range = 0; range < UnitSummary.RANGES; range++) {
      boolean tooMany =
          examplesSoFar + examples[range] > capacity.examples()
              || bytesSoFar + bytes[range] > capacity.bytes();
      if (tooMany && examples[range] > 0) {
        CutRange cut = new CutRange(range, examplesSoFar, bytesSoFar);
        return with(Map.of(), Map.of(), 0, cut, null);
      }
      examplesSoFar += examples[range];
      bytesSoFar += bytes[range];
    }
    return with(Map.of(), Map.of(), examplesSoFar, null, null);
  }

  /** Returns a plan with the same validation units. */
  private SplitPlan with(
      Map<Key128, ValidationExample> newNearValidation,
      Map<Key128, String> newNearTrained,
      long newTrainingExamples,
      @Nullable CutRange newCutRange,
      @Nullable Long newFirstCutHash) {
    return new SplitPlan(
        capacity,
        validation,
        new HashSet<>(validationCut),
        newNearValidation,
        newNearTrained,
        carriedValidation,
        newTrainingExamples,
        newCutRange,
        newFirstCutHash);
  }

  /** Returns whether {@link #cut} needs this unit. */
  public boolean needsForCut(Unit unit) {
    return cutRange != null
        && unit.range(UnitSummary.RANGES) == cutRange.number()
        && unit.carriedIn() != CarriedIn.VALIDATION
        && !validation.containsKey(unit.orderHash());
  }

  /**
   * Returns the plan with training cut from the end of the order until it fits, and then validation
   * cut until its caps hold again.
   *
   * @param units all units for which {@link #needsForCut} is true, in any order
   */
  public SplitPlan cut(List<Unit> units) {
    if (cutRange == null) {
      return this;
    }
    List<Unit> inOrder = new ArrayList<>(units);
    inOrder.sort(Unit.IN_ORDER);
    long examples = cutRange.examplesBefore();
    long bytes = cutRange.bytesBefore();
    Long firstCut = null;
    for (Unit unit : inOrder) {
      if (examples + unit.examples() > capacity.examples()
          || bytes + unit.bytes() > capacity.bytes()) {
        firstCut = unit.orderHash();
        break;
      }
      examples += unit.examples();
      bytes += unit.bytes();
    }
    SplitPlan cut = with(Map.of(), Map.of(), examples, cutRange, firstCut);
    cut.cutValidation();
    return cut;
  }

  private void cutValidation() {
    List<Unit> inOrder = new ArrayList<>(validation.values());
    inOrder.sort(Unit.IN_ORDER);
    long left = carriedValidation + inOrder.stream().mapToLong(Unit::examples).sum();
    long cap = cap(trainingExamples * 3 / 10);
    for (int i = inOrder.size() - 1; i >= 0 && left > cap; i--) {
      left -= inOrder.get(i).examples();
      validationCut.add(inOrder.get(i).orderHash());
    }
  }

  /**
   * Returns the plan without near examples across the splits. Validation loses the examples that
   * are near an example carried over in training; training loses the examples that are near an
   * example in validation; then validation is cut to its caps.
   *
   * @param found contents that are near a validation example, once for each record with that
   *     content. Contents that are not in training anyway count as lost, too; there are few of them
   */
  public SplitPlan without(Iterable<NearValidation> found) {
    Map<Key128, ValidationExample> newNearValidation = new HashMap<>();
    Map<Key128, String> newNearTrained = new HashMap<>();
    List<NearValidation> inTraining = new ArrayList<>();
    for (NearValidation near : found) {
      String trained = near.trained();
      if (trained != null) {
        newNearTrained.merge(near.example().content(), trained, SplitPlan::smaller);
      } else if (!near.equals(NearValidation.NONE)) {
        inTraining.add(near);
      }
    }
    for (NearValidation near : inTraining) {
      if (!newNearTrained.containsKey(near.example().content())) {
        newNearValidation.merge(near.content(), near.example(), SplitPlan::smaller);
      }
    }
    long left = trainingExamples - newNearValidation.size();
    SplitPlan without = with(newNearValidation, newNearTrained, left, cutRange, firstCutHash);
    if (!newNearValidation.isEmpty()) {
      without.cutValidation();
    }
    return without;
  }

  private static String smaller(String id, String other) {
    return Utf8Order.ASCENDING.compare(id, other) <= 0 ? id : other;
  }

  private static ValidationExample smaller(ValidationExample one, ValidationExample other) {
    return Utf8Order.ASCENDING.compare(one.id(), other.id()) <= 0 ? one : other;
  }

  /** Returns the split of the unit with this hash, or null if it is over capacity. */
  @Nullable Split split(long orderHash) {
    if (validationCut.contains(orderHash)) {
      return null;
    }
    if (validation.containsKey(orderHash)) {
      return Split.VALIDATION;
    }
    Long cut = firstCutHash;
    return cut != null && Long.compareUnsigned(orderHash, cut) >= 0 ? null : Split.TRAINING;
  }
}
