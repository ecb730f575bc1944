package dev.attune.pipeline.split;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.example.Split;
import dev.attune.pipeline.split.NaivePlan.Member;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The plan that never holds all units is the plan of whoever holds them all. */
class SplitPlanPropertyTest {
  private static final double[] SHARES = {0, 0.01, 0.1, 0.25, 0.5};

  // How large units are: what reaches the caps with few of them, and what does not.
  private static final int[] SIZES = {1, 3, 40, 400, 2_000};

  @Property(tries = 600)
  void isTheNaivePlanHoweverTheUnitsComeInParts(
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 300) int count,
      @ForAll @IntRange(max = 4) int share,
      @ForAll @IntRange(max = 4) int size,
      @ForAll @IntRange(max = 12) int categories) {
    List<Member> units = units(random, count, SIZES[size], categories);
    long examples = units.stream().mapToLong(member -> member.unit().examples()).sum();
    long bytes = units.stream().mapToLong(member -> member.unit().bytes()).sum();
    long maximumExamples = random.nextBoolean() ? Long.MAX_VALUE : part(random, examples);
    long maximumBytes = random.nextBoolean() ? Long.MAX_VALUE : part(random, bytes);

    NaivePlan naive = new NaivePlan(units, SHARES[share], maximumExamples, maximumBytes);
    SplitPlan plan = plan(units, SHARES[share], maximumExamples, maximumBytes, random);

    for (Member member : units) {
      assertThat(plan.split(member.unit().orderHash()))
          .as(
              "%s of %s, share %s, %s examples, %s bytes",
              member, units, SHARES[share], maximumExamples, maximumBytes)
          .isEqualTo(naive.split(member.unit().orderHash()));
    }
    assertThat(naive.examples(Split.VALIDATION)).isLessThanOrEqualTo(5_000);
    assertThat(naive.examples(Split.TRAINING)).isLessThanOrEqualTo(maximumExamples);
  }

  @Property(tries = 100)
  void summariesAddUpToTheSameInAnyPartsAndOrder(
      @ForAll Random random, @ForAll @IntRange(min = 1, max = 200) int count) {
    List<Member> units = units(random, count, 400, 3);
    UnitSummary one = summary(units, 0.5);
    UnitSummary parts = merged(units, 0.5, random);
    assertThat(parts.examples()).isEqualTo(one.examples());
    assertThat(parts.bytes()).isEqualTo(one.bytes());
    assertThat(parts.categories()).isEqualTo(one.categories());
    for (int range = 0; range < UnitSummary.RANGES; range++) {
      assertThat(parts.rangeExamples(range)).isEqualTo(one.rangeExamples(range));
      assertThat(parts.rangeBytes(range)).isEqualTo(one.rangeBytes(range));
    }
  }

  private static long part(Random random, long of) {
    return (long) (random.nextDouble() * 1.1 * of) + 1;
  }

  private static List<Member> units(Random random, int count, int size, int categories) {
    List<Member> units = new ArrayList<>();
    Set<Long> orders = new HashSet<>();
    while (units.size() < count) {
      long order = random.nextLong();
      if (orders.add(order)) {
        int examples = random.nextInt(size) + 1;
        Unit unit =
            new Unit(order, examples, examples * (50L + random.nextInt(100)), CarriedIn.NEITHER);
        Set<String> in = new TreeSet<>();
        for (int i = 0; i < categories; i++) {
          // The first is common, the later ones are ever rarer.
          if (random.nextInt(i * i * 4 + 1) == 0) {
            in.add("category " + i);
          }
        }
        units.add(new Member(unit, in));
      }
    }
    return units;
  }

  private static SplitPlan plan(
      List<Member> units, double share, long examples, long bytes, Random random) {
    SplitPlan plan = SplitPlan.choose(merged(units, share, random), share, examples, bytes);
    List<Unit> atCut = new ArrayList<>(units.stream().map(Member::unit).toList());
    Collections.shuffle(atCut, random);
    atCut.removeIf(unit -> !plan.needsForCut(unit));
    return plan.cut(atCut);
  }

  private static UnitSummary merged(List<Member> units, double share, Random random) {
    List<Member> shuffled = new ArrayList<>(units);
    Collections.shuffle(shuffled, random);
    UnitSummary all = new UnitSummary(share);
    int from = 0;
    while (from < shuffled.size()) {
      int to = Math.min(shuffled.size(), from + 1 + random.nextInt(80));
      all.add(summary(shuffled.subList(from, to), share));
      from = to;
    }
    return all;
  }

  private static UnitSummary summary(List<Member> units, double share) {
    UnitSummary summary = new UnitSummary(share);
    units.forEach(member -> summary.add(member.unit(), member.categories()));
    return summary.trim();
  }
}
