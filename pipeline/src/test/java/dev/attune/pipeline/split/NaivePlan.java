package dev.attune.pipeline.split;

import dev.attune.pipeline.example.Split;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The split by its rules (docs/adr/0004-the-split-in-detail.md), computed from a list of all units:
 * what {@link SplitPlan} must come to though it never holds them all.
 */
final class NaivePlan {
  private final List<Member> order;
  private final Set<Long> validation = new HashSet<>();
  private final Set<Long> cut = new HashSet<>();
  private long room;

  /** A unit and its categories. */
  record Member(Unit unit, Set<String> categories) {}

  NaivePlan(List<Member> units, double share, long maximumExamples, long maximumBytes) {
    order = new ArrayList<>(units);
    order.sort((a, b) -> Unit.IN_ORDER.compare(a.unit(), b.unit()));
    if (share > 0) {
      chooseValidation(share);
    }
    if (cutTraining(maximumExamples, maximumBytes)) {
      cutValidation();
    }
  }

  private void chooseValidation(double share) {
    room = largestThatHolds();
    Map<String, List<Unit>> byCategory = new TreeMap<>();
    for (Member member : order) {
      for (String category : member.categories()) {
        byCategory.computeIfAbsent(category, c -> new ArrayList<>()).add(member.unit());
      }
    }
    Set<Unit> firsts = new HashSet<>();
    Set<Unit> lasts = new HashSet<>();
    for (List<Unit> units : byCategory.values()) {
      if (units.size() >= 2) {
        firsts.add(units.get(0));
        lasts.add(units.get(units.size() - 1));
      }
    }
    for (Member member : order) {
      if (firsts.contains(member.unit()) && !lasts.contains(member.unit())) {
        take(member.unit());
      }
    }
    double all = 0x1p64;
    for (Member member : order) {
      double place = toDouble(member.unit().orderHash());
      if (place < share * all && !lasts.contains(member.unit())) {
        take(member.unit());
      }
    }
  }

  private static double toDouble(long unsigned) {
    return (unsigned >>> 11) * 0x1p11;
  }

  private void take(Unit unit) {
    if (!validation.contains(unit.orderHash()) && unit.examples() <= room) {
      validation.add(unit.orderHash());
      room -= unit.examples();
    }
  }

  /** The most validation examples that the caps allow, tried one by one. */
  private long largestThatHolds() {
    long all = order.stream().mapToLong(member -> member.unit().examples()).sum();
    long most = 0;
    while (most < all && holds(most + 1, all - most - 1)) {
      most++;
    }
    return Math.max(most, Math.min(1_000, all));
  }

  private static boolean holds(long validationExamples, long trainingExamples) {
    return validationExamples <= 5_000
        && (validationExamples <= 1_000 || 10 * validationExamples <= 3 * trainingExamples);
  }

  private boolean cutTraining(long maximumExamples, long maximumBytes) {
    long examples = 0;
    long bytes = 0;
    boolean full = false;
    for (Member member : order) {
      Unit unit = member.unit();
      if (!validation.contains(unit.orderHash())) {
        examples += unit.examples();
        bytes += unit.bytes();
        full |= examples > maximumExamples || bytes > maximumBytes;
        if (full) {
          cut.add(unit.orderHash());
        }
      }
    }
    return full;
  }

  private void cutValidation() {
    for (int i = order.size() - 1; i >= 0; i--) {
      Unit unit = order.get(i).unit();
      if (holds(examples(Split.VALIDATION), examples(Split.TRAINING))) {
        return;
      }
      if (validation.contains(unit.orderHash())) {
        cut.add(unit.orderHash());
      }
    }
  }

  long examples(Split split) {
    long examples = 0;
    for (Member member : order) {
      examples += split(member.unit().orderHash()) == split ? member.unit().examples() : 0;
    }
    return examples;
  }

  @Nullable Split split(long unit) {
    return cut.contains(unit)
        ? null
        : validation.contains(unit) ? Split.VALIDATION : Split.TRAINING;
  }
}
