package dev.attune.pipeline.split;

import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.example.Split;
import dev.attune.pipeline.example.Utf8Order;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Assigns each unit to training or validation, or leaves it out. The plan is made in two steps, so
 * that no worker holds all units: {@link #choose} picks the validation units and finds the range of
 * the order in which training must be cut; {@link #cut} receives the units of that range. The rules
 * are in docs/adr/0004-the-split-in-detail.md.
 */
public final class SplitPlan {
  private static final int NO_RANGE = -1;

  // Vertex AI: more than 1,000 validation examples may be at most 30% of the training examples.
  private static final int UNCAPPED_VALIDATION = 1_000;

  private final long maximumExamples;
  private final long maximumBytes;
  private final HashMap<Long, Unit> validation = new HashMap<>();
  private final HashSet<Long> validationCut = new HashSet<>();
  private final HashMap<Key128, Held> nearHeld = new HashMap<>();
  private final HashMap<Key128, String> nearTrained = new HashMap<>();
  private long carriedValidation;
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
   * @param maximumExamples the maximum number of training examples
   * @param maximumBytes the maximum size of train.jsonl
   * @param share the share of examples to hold back for validation; with 0 there is no validation
   */
  public static SplitPlan choose(
      UnitSummary units, double share, long maximumExamples, long maximumBytes) {
    SplitPlan plan = new SplitPlan(maximumExamples, maximumBytes);
    plan.carriedValidation = units.carriedValidation();
    // v <= 0.3 (n - v) is 13 v <= 3 n.
    long room = cap(units.examples() * 3 / 13) - units.carriedValidation();
    room = plan.takeHeldBefore(units, room);
    if (share > 0) {
      plan.chooseValidation(units, room);
    }
    plan.findCut(units);
    return plan;
  }

  /**
   * Takes the new examples of units in the previous validation first, because they cannot go to
   * training. Returns the room that is left.
   */
  private long takeHeldBefore(UnitSummary units, long room) {
    long left = take(units.heldBefore(), Set.of(), room);
    for (Unit unit : units.heldBefore()) {
      if (!validation.containsKey(unit.order())) {
        validationCut.add(unit.order());
      }
    }
    return left;
  }

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
    if ((several || trained) && !units.isHeld(category)) {
      firsts.add(ends.first());
    }
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
      if (unit.carriedIn() != CarriedIn.VALIDATION) {
        examples[unit.range(UnitSummary.RANGES)] -= unit.examples();
        bytes[unit.range(UnitSummary.RANGES)] -= unit.bytes();
      }
    }
    long examplesSoFar = units.carriedTraining();
    long bytesSoFar = units.carriedTrainingBytes();
    for (int range = 0; range < UnitSummary.RANGES; range++) {
      boolean tooMany =
          examplesSoFar + examples[range] > maximumExamples
              || bytesSoFar + bytes[range] > maximumBytes;
      if (tooMany && examples[range] > 0) {
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

  /** Returns whether {@link #cut} needs this unit. */
  public boolean needsForCut(Unit unit) {
    return unit.range(UnitSummary.RANGES) == cutRange
        && unit.carriedIn() != CarriedIn.VALIDATION
        && !validation.containsKey(unit.order());
  }

  /**
   * Returns the plan with training cut from the end of the order until it fits, and then validation
   * cut until its caps hold again.
   *
   * @param units all units for which {@link #needsForCut} is true, in any order
   */
  public SplitPlan cut(List<Unit> units) {
    if (cutRange == NO_RANGE) {
      return this;
    }
    SplitPlan cut = new SplitPlan(maximumExamples, maximumBytes);
    cut.validation.putAll(validation);
    cut.validationCut.addAll(validationCut);
    cut.carriedValidation = carriedValidation;
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
    long left = carriedValidation + inOrder.stream().mapToLong(Unit::examples).sum();
    long cap = cap(trainingExamples * 3 / 10);
    for (int i = inOrder.size() - 1; i >= 0 && left > cap; i--) {
      left -= inOrder.get(i).examples();
      validationCut.add(inOrder.get(i).order());
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
  public SplitPlan without(Iterable<NearHeld> found) {
    SplitPlan without = new SplitPlan(maximumExamples, maximumBytes);
    List<NearHeld> inTraining = new ArrayList<>();
    for (NearHeld near : found) {
      String trained = near.trained();
      if (trained != null) {
        without.nearTrained.merge(near.held().content(), trained, SplitPlan::smaller);
      } else if (!near.equals(NearHeld.NONE)) {
        inTraining.add(near);
      }
    }
    for (NearHeld near : inTraining) {
      if (!without.nearTrained.containsKey(near.held().content())) {
        without.nearHeld.merge(near.content(), near.held(), SplitPlan::smaller);
      }
    }
    without.carriedValidation = carriedValidation;
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

  private static String smaller(String id, String other) {
    return Utf8Order.ASCENDING.compare(id, other) <= 0 ? id : other;
  }

  private static Held smaller(Held held, Held other) {
    return Utf8Order.ASCENDING.compare(held.id(), other.id()) <= 0 ? held : other;
  }

  /** Returns the id of the carried training example that a content is near to, or null. */
  @Nullable String nearTrained(Key128 content) {
    return nearTrained.get(content);
  }

  /** Returns the validation example that a content of training is near to, or null. */
  @Nullable Held nearHeld(Key128 content) {
    return nearHeld.get(content);
  }

  /** Returns the split of the unit with this order, or null if it is over capacity. */
  @Nullable Split split(long order) {
    if (validationCut.contains(order)) {
      return null;
    }
    if (validation.containsKey(order)) {
      return Split.VALIDATION;
    }
    Long cut = firstCutOrder;
    return cut != null && Long.compareUnsigned(order, cut) >= 0 ? null : Split.TRAINING;
  }

  /**
   * Returns the validation units by their orders. Includes units that {@link #cut} left out again.
   */
  Map<Long, Unit> validation() {
    return validation;
  }

  /** Writes the plan, in no particular order. */
  void write(DataOutput out) throws IOException {
    for (long number :
        new long[] {
          maximumExamples,
          maximumBytes,
          carriedValidation,
          trainingExamples,
          cutRange,
          examplesBeforeRange,
          bytesBeforeRange
        }) {
      out.writeLong(number);
    }
    out.writeBoolean(firstCutOrder != null);
    out.writeLong(firstCutOrder == null ? 0 : firstCutOrder);
    out.writeInt(validation.size());
    for (Unit unit : validation.values()) {
      unit.write(out);
    }
    out.writeInt(validationCut.size());
    for (long order : validationCut) {
      out.writeLong(order);
    }
    out.writeInt(nearHeld.size());
    for (Map.Entry<Key128, Held> near : nearHeld.entrySet()) {
      Held.writeKey(near.getKey(), out);
      near.getValue().write(out);
    }
    out.writeInt(nearTrained.size());
    for (Map.Entry<Key128, String> near : nearTrained.entrySet()) {
      Held.writeKey(near.getKey(), out);
      out.writeUTF(near.getValue());
    }
  }

  /** Reads what {@link #write} wrote. */
  static SplitPlan read(DataInput in) throws IOException {
    SplitPlan plan = new SplitPlan(in.readLong(), in.readLong());
    plan.carriedValidation = in.readLong();
    plan.trainingExamples = in.readLong();
    plan.cutRange = (int) in.readLong();
    plan.examplesBeforeRange = in.readLong();
    plan.bytesBeforeRange = in.readLong();
    boolean cut = in.readBoolean();
    long order = in.readLong();
    plan.firstCutOrder = cut ? order : null;
    for (int left = in.readInt(); left > 0; left--) {
      Unit unit = Unit.read(in);
      plan.validation.put(unit.order(), unit);
    }
    for (int left = in.readInt(); left > 0; left--) {
      plan.validationCut.add(in.readLong());
    }
    for (int left = in.readInt(); left > 0; left--) {
      plan.nearHeld.put(Held.readKey(in), Held.read(in));
    }
    for (int left = in.readInt(); left > 0; left--) {
      plan.nearTrained.put(Held.readKey(in), in.readUTF());
    }
    return plan;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SplitPlan that
        && validation.equals(that.validation)
        && validationCut.equals(that.validationCut)
        && cutRange == that.cutRange
        && nearHeld.equals(that.nearHeld)
        && nearTrained.equals(that.nearTrained)
        && Objects.equals(firstCutOrder, that.firstCutOrder);
  }

  @Override
  public int hashCode() {
    return validation.hashCode();
  }
}
