package dev.attune.pipeline.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class TallyTest {
  @Property(tries = 200)
  void isTheSameInAnyOrderAndInAnyParts(
      @ForAll @NotEmpty List<@AlphaChars @StringLength(max = 3) String> ids,
      @ForAll Random random) {
    List<String> shuffled = new ArrayList<>(ids);
    Collections.shuffle(shuffled, random);
    List<Tally> sums = new ArrayList<>(List.of(Tally.none("a"), Tally.none("b"), Tally.none("c")));
    for (String id : shuffled) {
      int part = random.nextInt(3);
      sums.set(part, sums.get(part).plus(id));
    }
    Tally together = Tally.none("out").plus(sums.get(2)).plus(sums.get(0)).plus(sums.get(1));
    assertThat(together.sameRecords(tally(ids))).isTrue();
    assertThat(together.outcome()).isEqualTo("out");
    assertThat(together.count()).isEqualTo(ids.size());
  }

  @Test
  void seesALostRecord() {
    assertThat(tally(List.of("a", "b")).sameRecords(tally(List.of("a", "b", "c")))).isFalse();
  }

  @Test
  void seesThatOneIsLostAndAnotherOneDoubled() {
    Tally read = tally(List.of("a", "b", "c"));
    Tally written = tally(List.of("a", "b", "b"));
    assertThat(written.count()).isEqualTo(read.count());
    assertThat(written.sameRecords(read)).isFalse();
  }

  @Test
  void carriesFromTheLowerHalfToTheUpper() {
    Tally sum = new Tally("x", 1, 0, -1).plus(new Tally("y", 1, 0, 1));
    assertThat(sum).isEqualTo(new Tally("x", 2, 1, 0));
  }

  @Test
  void doesNotTakeTheHalvesForOneAnother() {
    assertThat(new Tally("x", 1, 1, 2).sameRecords(new Tally("x", 1, 2, 1))).isFalse();
    assertThat(new Tally("x", 1, 1, 2).sameRecords(new Tally("x", 1, 1, 1))).isFalse();
  }

  /** The tallies of a stage that renames records add up to the tally of the new ids. */
  @Property(tries = 200)
  void renamesRecordsInASumThatStandsElsewhere(
      @ForAll @NotEmpty List<@AlphaChars @StringLength(max = 3) String> ids) {
    Tally renamed = Tally.none("read");
    List<String> after = new ArrayList<>();
    for (String id : ids) {
      boolean renames = id.length() == 2;
      renamed = renames ? renamed.renamed(id, id + "!") : renamed;
      after.add(renames ? id + "!" : id);
    }
    assertThat(renamed.count()).isZero();
    assertThat(tally(ids).plus(renamed)).isEqualTo(tally(after));
  }

  private static Tally tally(List<String> ids) {
    Tally tally = Tally.none("read");
    for (String id : ids) {
      tally = tally.plus(id);
    }
    return tally;
  }
}
