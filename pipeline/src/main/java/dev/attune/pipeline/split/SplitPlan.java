package dev.attune.pipeline.split;

import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.example.Split;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which units go where. Made in two steps, so that no worker holds all units: {@link #choose} picks
 * the validation units and finds the range of the order in which training must be cut; {@link #cut}
 * is given the units of that range. Contract section 6, "Split", has the rules.
 */
final class SplitPlan implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int NO_RANGE = -1;

  // Vertex AI: at most 30% of the training examples where there are more than 1,000 to validate on.
  private static final int UNCAPPED_VALIDATION = 1_000;

  private final long maximumExamples;
  private final long maximumBytes;
  private final HashMap<Long, Unit> validation = new HashMap<>();
  private final HashSet<Long> validationCut = new HashSet<>();
  private final HashMap<Key128, Held> nearHeld = new HashMap<>();
  private long trainingExamples;
  private int cutRange = NO_RANGE;
  private long examplesBeforeRange;
  private long bytesBeforeRange;
  private @Nullable Long firstCutOrder;

  private SplitPlan(long maximumExamples, long maximumBytes) {
    this.maximumExamples = maximumExamples;
    this.maximumBytes = maximumBytes;
  }

  /**
   * Chooses the validation units.
   *
   * @param maximumExamples that training may have
   * @param maximumBytes that train.jsonl may have
   * @param share to hold back; 0: no validation at all
   */
  static SplitPlan choose(
      UnitSummary units, double share, long maximumExamples, long maximumBytes) {
    SplitPlan plan = new SplitPlan(maximumExamples, maximumBytes);
    if (share > 0) {
      plan.chooseValidation(units);
    }
    plan.findCut(units);
    return plan;
  }

  private void chooseValidation(UnitSummary units) {
    Set<Unit> kept = new HashSet<>();
    List<Unit> firsts = new ArrayList<>();
    for (UnitSummary.Ends ends : units.categories().values()) {
      if (!ends.first().equals(ends.last())) {
        kept.add(ends.last());
        firsts.add(ends.first());
      }
    }
    firsts.sort(Unit.IN_ORDER);
    // v <= 0.3 (n - v) is 13 v <= 3 n.
    long room = cap(units.examples() * 3 / 13);
    room = take(firsts, kept, room);
    take(units.candidates(), kept, room);
  }

  private long take(List<Unit> units, Set<Unit> kept, long room) {
    long left = room;
    for (Unit unit : units) {
      if (unit.examples() <= left
          && !kept.contains(unit)
          && !validation.containsKey(unit.order())) {
        validation.put(unit.order(), unit);
        left -= unit.examples();
      }
    }
    return left;
  }

  private static long cap(long thirtyPercent) {
    return Math.min(UnitSummary.MAXIMUM_VALIDATION, Math.max(UNCAPPED_VALIDATION, thirtyPercent));
  }

  private void findCut(UnitSummary units) {
    long[] examples = new long[UnitSummary.RANGES];
    long[] bytes = new long[UnitSummary.RANGES];
    for (int range = 0; range < UnitSummary.RANGES; range++) {
      examples[range] = units.rangeExamples(range);
      bytes[range] = units.rangeBytes(range);
    }
    for (Unit unit : validation.values()) {
      examples[unit.range(UnitSummary.RANGES)] -= unit.examples();
      bytes[unit.range(UnitSummary.RANGES)] -= unit.bytes();
    }
    long examplesSoFar = 0;
    long bytesSoFar = 0;
    for (int range = 0; range < UnitSummary.RANGES; range++) {
      if (examplesSoFar + examples[range] > maximumExamples
          || bytesSoFar + bytes[range] > maximumBytes) {
        cutRange = range;
        examplesBeforeRange = examplesSoFar;
        bytesBeforeRange = bytesSoFar;
        return;
      }
      examplesSoFar += examples[range];
      bytesSoFar += bytes[range];
    }
    trainingExamples = examplesSoFar;
  }

  /** Whether {@link #cut} needs to be told of this unit. */
  boolean needsForCut(Unit unit) {
    return unit.range(UnitSummary.RANGES) == cutRange && !validation.containsKey(unit.order());
  }

  /**
   * The plan with training cut from the end of the order until it fits, then validation until its
   * caps hold again.
   *
   * @param units for which {@link #needsForCut} is true, all of them, in any order
   */
  SplitPlan cut(List<Unit> units) {
    if (cutRange == NO_RANGE) {
      return this;
    }
    SplitPlan cut = new SplitPlan(maximumExamples, maximumBytes);
    cut.validation.putAll(validation);
    cut.cutRange = cutRange;
    cut.cutTraining(units, examplesBeforeRange, bytesBeforeRange);
    cut.cutValidation();
    return cut;
  }

  private void cutTraining(List<Unit> units, long examplesBefore, long bytesBefore) {
    List<Unit> inOrder = new ArrayList<>(units);
    inOrder.sort(Unit.IN_ORDER);
    long examples = examplesBefore;
    long bytes = bytesBefore;
    for (Unit unit : inOrder) {
      if (examples + unit.examples() > maximumExamples || bytes + unit.bytes() > maximumBytes) {
        firstCutOrder = unit.order();
        break;
      }
      examples += unit.examples();
      bytes += unit.bytes();
    }
    trainingExamples = examples;
  }

  private void cutValidation() {
    List<Unit> inOrder = new ArrayList<>(validation.values());
    inOrder.sort(Unit.IN_ORDER);
    long left = inOrder.stream().mapToLong(Unit::examples).sum();
    long cap = cap(trainingExamples * 3 / 10);
    for (int i = inOrder.size() - 1; left > cap; i--) {
      left -= inOrder.get(i).examples();
      validationCut.add(inOrder.get(i).order());
    }
  }

  /**
   * The plan of which training loses what is near an example of validation, and validation what its
   * caps then leave no room for.
   *
   * @param found contents that are near one; they come once for each record that had them. Those
   *     that are not in training either way count as lost, too: of them there are few
   */
  SplitPlan without(Iterable<NearHeld> found) {
    SplitPlan without = new SplitPlan(maximumExamples, maximumBytes);
    for (NearHeld near : found) {
      if (!near.equals(NearHeld.NONE)) {
        without.nearHeld.put(near.content(), near.held());
      }
    }
    without.validation.putAll(validation);
    without.validationCut.addAll(validationCut);
    without.cutRange = cutRange;
    without.firstCutOrder = firstCutOrder;
    without.trainingExamples = trainingExamples - without.nearHeld.size();
    if (!without.nearHeld.isEmpty()) {
      without.cutValidation();
    }
    return without;
  }

  /** The example of validation that a content of training is near to, or null. */
  @Nullable Held nearHeld(Key128 content) {
    return nearHeld.get(content);
  }

  /** Where the examples of the unit with this order go; null: nowhere, they are over capacity. */
  @Nullable Split split(long order) {
    if (validation.containsKey(order)) {
      return validationCut.contains(order) ? null : Split.VALIDATION;
    }
    Long cut = firstCutOrder;
    return cut != null && Long.compareUnsigned(order, cut) >= 0 ? null : Split.TRAINING;
  }

  /** The units of validation by their order. */
  Map<Long, Unit> validation() {
    return validation;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SplitPlan that
        && validation.equals(that.validation)
        && validationCut.equals(that.validationCut)
        && cutRange == that.cutRange
        && nearHeld.equals(that.nearHeld)
        && Objects.equals(firstCutOrder, that.firstCutOrder);
  }

  @Override
  public int hashCode() {
    return validation.hashCode();
  }
}
