package dev.attune.pipeline.dedup;

import static dev.attune.pipeline.dedup.IdResolutionTest.drop;
import static dev.attune.pipeline.dedup.IdResolutionTest.found;
import static dev.attune.pipeline.example.TestRecord.named;
import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.example.Drop;
import dev.attune.pipeline.example.Identity;
import dev.attune.pipeline.example.Join;
import dev.attune.pipeline.example.RejectionReason;
import dev.attune.pipeline.example.Split;
import dev.attune.pipeline.example.TestRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ContentResolutionTest {
  private static final String EXACT = "EXACT_DUPLICATE";
  private static final String CONFLICTING = "CONFLICTING_CATEGORIES";

  @Test
  void keepsTheFirstInSurvivorOrder() {
    TestRecord scored = named("generated:1").asks("hi").scored(99).at(1);
    TestRecord late = named("feedback:1").asks("hi").at(3);
    TestRecord early = named("feedback:2").asks("hi").at(2);

    Resolved resolved = resolve(scored, late, early);

    assertThat(drop(early, resolved)).isNull();
    assertThat(drop(late, resolved)).isEqualTo(gaveWay(EXACT, "feedback:2"));
    assertThat(drop(scored, resolved)).isEqualTo(gaveWay(EXACT, "feedback:2"));
  }

  @Test
  void letsTheMostFrequentCategoriesWin() {
    TestRecord earliest = named("feedback:1").asks("hi").in("moving").at(1);
    TestRecord later = named("feedback:2").asks("hi").in("speaking").at(2);
    TestRecord latest = named("feedback:3").asks("hi").in("speaking").at(3);

    Resolved resolved = resolve(earliest, later, latest);

    assertThat(drop(later, resolved)).isNull();
    assertThat(drop(latest, resolved)).isEqualTo(gaveWay(EXACT, "feedback:2"));
    assertThat(drop(earliest, resolved)).isEqualTo(gaveWay(CONFLICTING, "feedback:2"));
  }

  @Test
  void letsTheCategoriesWinThatAreCarriedOver() {
    TestRecord carried = named("generated:9").asks("hi").in("moving").scored(1);
    TestRecord same = named("feedback:1").asks("hi").in("moving").at(1);
    TestRecord other = named("feedback:2").asks("hi").in("speaking").at(1);
    TestRecord another = named("feedback:3").asks("hi").in("speaking").at(1);
    Identity follower =
        named("feedback:4").identity().dropped(RejectionReason.EXACT_DUPLICATE, other.identity());

    Resolved resolved =
        resolve(
            List.of(
                other.identity(),
                another.identity(),
                follower,
                same.identity(),
                carried.carried(Split.TRAINING)));

    assertThat(resolved.identities()).hasSize(5).filteredOn(i -> i.drop() == null).hasSize(1);
    assertThat(drop(same, resolved)).isEqualTo(gaveWayToCarried(EXACT, "generated:9"));
    assertThat(drop(other, resolved)).isEqualTo(gaveWayToCarried(CONFLICTING, "generated:9"));
    assertThat(drop(another, resolved)).isEqualTo(gaveWayToCarried(CONFLICTING, "generated:9"));
    assertThat(drop(named("feedback:4"), resolved))
        .isEqualTo(gaveWayToCarried(EXACT, "generated:9"));
  }

  /** As where the normal form is not what it was when the previous dataset was made. */
  @Test
  void keepsAllThatAreCarriedOver() {
    TestRecord one = named("generated:1").asks("hi").in("moving");
    TestRecord two = named("generated:2").asks("hi").in("speaking");
    TestRecord same = named("feedback:2").asks("hi").in("speaking");

    Resolved resolved =
        resolve(
            List.of(same.identity(), two.carried(Split.TRAINING), one.carried(Split.VALIDATION)));

    assertThat(resolved.identities())
        .filteredOn(i -> i.drop() == null)
        .extracting(i -> i.rank().id())
        .containsExactlyInAnyOrder("generated:1", "generated:2");
    assertThat(drop(same, resolved)).isEqualTo(gaveWayToCarried(EXACT, "generated:2"));
  }

  private static Drop gaveWayToCarried(String reason, String to) {
    return new Drop(RejectionReason.valueOf(reason), to, true);
  }

  @Test
  void takesTheSurvivorsCategoriesOnATie() {
    TestRecord first = named("feedback:1").asks("hi").in("moving").at(1);
    TestRecord second = named("feedback:2").asks("hi").in("speaking").at(2);

    Resolved resolved = resolve(second, first);

    assertThat(drop(first, resolved)).isNull();
    assertThat(drop(second, resolved)).isEqualTo(gaveWay(CONFLICTING, "feedback:1"));
  }

  @Test
  void takesTheSurvivorAmongAllOnATieOfOthers() {
    TestRecord alone = named("feedback:1").asks("hi").in("moving").at(1);
    Resolved resolved =
        resolve(
            named("feedback:2").asks("hi").in("speaking").at(2),
            named("feedback:3").asks("hi").in("speaking").at(3),
            named("feedback:4").asks("hi").in("listening").at(4),
            named("feedback:5").asks("hi").in("listening").at(5),
            alone);

    assertThat(drop(alone, resolved)).isNull();
    assertThat(resolved.identities().stream().filter(i -> i.drop() != null))
        .hasSize(4)
        .allMatch(i -> gaveWay(CONFLICTING, "feedback:1").equals(i.drop()));
  }

  @Test
  void doesNotCountRecordsThatGaveWayBefore() {
    // Three times the same id is one record that says it: one against one, so the first wins.
    TestRecord first = named("feedback:1").asks("hi").in("moving").at(1);
    TestRecord second = named("feedback:2").asks("hi").in("speaking").at(2);
    IdResolution ids = new IdResolution();
    ids.add(first.identity());
    ids.add(second.identity());
    ids.add(second.at(3).place(2).identity());
    ids.add(second.at(4).place(3).identity());

    Resolved resolved = resolve(ids.resolve().identities());

    assertThat(drop(first, resolved)).isNull();
    assertThat(drop(second, resolved)).isEqualTo(gaveWay(CONFLICTING, "feedback:1"));
    assertThat(drop(second.at(3).place(2), resolved)).isEqualTo(gaveWay(EXACT, "feedback:1"));
  }

  @Test
  void tellsFollowersWhoStandsForThemInTheEnd() {
    TestRecord stays = named("feedback:1").asks("hi").at(1);
    TestRecord loses = named("feedback:2").asks("hi").at(2);
    TestRecord follows = named("feedback:2").asks("something else").at(3);
    IdResolution ids = new IdResolution();
    for (TestRecord each : List.of(stays, loses, follows)) {
      ids.add(each.identity());
    }

    Resolved resolved = resolve(ids.resolve().identities());

    assertThat(drop(loses, resolved)).isEqualTo(gaveWay(EXACT, "feedback:1"));
    assertThat(drop(follows, resolved)).isEqualTo(gaveWay("DUPLICATE_ID", "feedback:1"));
    assertThat(found(follows, resolved).node()).isEqualTo(stays.identity().node());
  }

  @Test
  void joinsTheGroupOfADroppedRecordWithTheSurvivors() {
    TestRecord stays = named("feedback:1").asks("hi").at(1).group("u-1");
    TestRecord loses = named("feedback:2").asks("hi").at(2).group("u-2");
    assertThat(resolve(loses, stays).joins())
        .containsExactly(
            new Join(loses.identity().node(), stays.identity().node(), Join.Cause.DUPLICATE));
  }

  @Test
  void joinsTheGroupOfAConflictingRecordToo() {
    TestRecord stays = named("feedback:1").asks("hi").at(1).in("moving");
    TestRecord loses = named("feedback:2").asks("hi").at(2).group("u-2");
    assertThat(resolve(loses, stays).joins())
        .containsExactly(
            new Join(loses.identity().node(), stays.identity().node(), Join.Cause.DUPLICATE));
  }

  @Test
  void joinsNothingForADroppedRecordWithoutGroup() {
    TestRecord stays = named("feedback:1").asks("hi").at(1).group("u-1");
    TestRecord loses = named("feedback:2").asks("hi").at(2);
    assertThat(resolve(loses, stays).joins()).isEmpty();
  }

  @Test
  void joinsADroppedParentWithItsSurvivor() {
    TestRecord stays = named("feedback:1").asks("hi").at(1);
    TestRecord parent = named("feedback:2").asks("hi").at(2);
    IdResolution ids = new IdResolution();
    ids.add(stays.identity());
    ids.add(parent.identity());
    ids.addParent("feedback:2");
    assertThat(resolve(ids.resolve().identities()).joins())
        .containsExactly(
            new Join(parent.identity().node(), stays.identity().node(), Join.Cause.DUPLICATE));
  }

  @Test
  void leavesOtherContentsAlone() {
    Resolved resolved = resolve(named("feedback:1").asks("hi"), named("feedback:2").asks("ho"));
    assertThat(resolved.identities()).allMatch(identity -> identity.drop() == null);
  }

  @Property(tries = 200)
  void comesToTheSameWhateverTheOrder(
      @ForAll @Size(min = 1, max = 14) List<@IntRange(max = 1_000) Integer> shapes,
      @ForAll Random random) {
    List<Identity> identities = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      int shape = shapes.get(i);
      identities.add(
          named("feedback:" + i)
              .asks("prompt " + shape % 2)
              .in("category " + shape / 2 % 3)
              .at(shape / 6 % 3)
              .group(shape / 18 % 2 == 0 ? null : "g" + shape / 36 % 3)
              .identity());
    }
    Resolved expected = resolve(identities);
    Collections.shuffle(identities, random);
    Resolved shuffled = resolve(identities);

    assertThat(shuffled.identities()).hasSameSizeAs(identities);
    assertThat(new HashSet<>(shuffled.identities()))
        .isEqualTo(new HashSet<>(expected.identities()));
    assertThat(new HashSet<>(shuffled.joins())).isEqualTo(new HashSet<>(expected.joins()));
    for (String prompt : List.of("prompt 0", "prompt 1")) {
      assertThat(
              shuffled.identities().stream()
                  .filter(i -> i.content().equals(named("x").asks(prompt).identity().content()))
                  .filter(i -> i.drop() == null)
                  .count())
          .isLessThanOrEqualTo(1);
    }
  }

  private static Drop gaveWay(String reason, String to) {
    return new Drop(RejectionReason.valueOf(reason), to, false);
  }

  private static Resolved resolve(TestRecord... records) {
    return resolve(List.of(records).stream().map(TestRecord::identity).toList());
  }

  private static Resolved resolve(List<Identity> identities) {
    ContentResolution resolution = new ContentResolution();
    identities.forEach(resolution::add);
    return resolution.resolve();
  }
}
