package dev.attune.pipeline.dedup;

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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IdResolutionTest {
  @Test
  void callsOneIdWithOneContentAnExactDuplicate() {
    TestRecord first = named("feedback:1").at(1);
    TestRecord again = named("feedback:1").at(2).place(2);

    Resolved resolved = resolve(again, first);

    assertThat(drop(first, resolved)).isNull();
    assertThat(drop(again, resolved))
        .isEqualTo(new Drop(RejectionReason.EXACT_DUPLICATE, "feedback:1", false));
  }

  @Test
  void callsOneIdWithOtherContentADuplicateId() {
    TestRecord first = named("feedback:1").at(1);
    TestRecord other = named("feedback:1").at(2).asks("something else");
    TestRecord otherAnswer = named("feedback:1").at(3).in("listening");

    Resolved resolved = resolve(other, otherAnswer, first);

    assertThat(drop(first, resolved)).isNull();
    assertThat(drop(other, resolved))
        .isEqualTo(new Drop(RejectionReason.DUPLICATE_ID, "feedback:1", false));
    assertThat(drop(otherAnswer, resolved))
        .isEqualTo(new Drop(RejectionReason.DUPLICATE_ID, "feedback:1", false));
  }

  @Test
  void keepsWhatIsCarriedOver() {
    TestRecord carried = named("generated:1").scored(1);
    TestRecord again = named("generated:1").at(1).place(2);
    TestRecord other = named("generated:1").at(1).asks("something else");
    IdResolution resolution = new IdResolution();
    resolution.add(other.identity());
    resolution.add(again.identity());
    resolution.add(carried.carried(Split.VALIDATION));

    Resolved resolved = resolution.resolve();

    assertThat(resolved.identities()).filteredOn(Identity::isCarried).hasSize(1);
    assertThat(drop(again, resolved))
        .isEqualTo(new Drop(RejectionReason.EXACT_DUPLICATE, "generated:1", true));
    assertThat(drop(other, resolved))
        .isEqualTo(new Drop(RejectionReason.DUPLICATE_ID, "generated:1", true));
  }

  @Test
  void comparesWithTheSurvivorAlone() {
    // The two that are equal among themselves both differ from the one that stays.
    TestRecord first = named("feedback:1").at(1);
    TestRecord second = named("feedback:1").at(2).asks("else");
    TestRecord third = named("feedback:1").at(3).asks("else");

    Resolved resolved = resolve(third, second, first);

    assertThat(drop(second, resolved))
        .extracting(Drop::reason)
        .isEqualTo(RejectionReason.DUPLICATE_ID);
    assertThat(drop(third, resolved))
        .extracting(Drop::reason)
        .isEqualTo(RejectionReason.DUPLICATE_ID);
  }

  @Test
  void leavesOtherIdsAlone() {
    Resolved resolved = resolve(named("feedback:1").asks("same"), named("feedback:2").asks("same"));
    assertThat(resolved.identities()).allMatch(identity -> identity.drop() == null);
    assertThat(resolved.joins()).isEmpty();
  }

  @Test
  void joinsTheGroupOfADroppedRecordWithItsSurvivor() {
    TestRecord first = named("feedback:1").at(1);
    TestRecord grouped = named("feedback:1").at(2).group("u-1");

    Resolved resolved = resolve(first, grouped);

    assertThat(resolved.joins())
        .containsExactly(
            new Join(grouped.identity().node(), first.identity().node(), Join.Cause.DUPLICATE));
    assertThat(found(grouped, resolved).node()).isEqualTo(first.identity().node());
  }

  @Test
  void letsTheSurvivorPassOnWhatADroppedRecordJoined() {
    // If the survivor, which has no group, gives way to a third record, the group comes along.
    TestRecord first = named("feedback:1").at(1);
    TestRecord grouped = named("feedback:1").at(2).group("u-1");
    assertThat(found(first, resolve(first, grouped)).joins()).isTrue();
  }

  @Test
  void joinsNothingForADroppedRecordWithoutGroup() {
    TestRecord first = named("feedback:1").at(1).group("u-1");
    TestRecord again = named("feedback:1").at(2);
    assertThat(resolve(first, again).joins()).isEmpty();
    assertThat(found(first, resolve(first, again)).joins()).isTrue();
    assertThat(found(named("feedback:2"), resolve(named("feedback:2"))).joins()).isFalse();
  }

  @Test
  void joinsAKnownParentsGroupWithItsChildren() {
    TestRecord parent = named("feedback:1").group("u-1");

    Resolved resolved = resolve(List.of("feedback:1"), parent);

    assertThat(resolved.joins())
        .containsExactly(
            new Join(parent.identity().node(), Join.nodeOfId("feedback:1"), Join.Cause.PARENT));
  }

  @Test
  void marksAParentWithoutGroupSoThatDroppingItJoins() {
    TestRecord parent = named("feedback:1");

    Resolved resolved = resolve(List.of("feedback:1"), parent);

    assertThat(resolved.joins()).isEmpty();
    assertThat(found(parent, resolved).joins()).isTrue();
  }

  @Test
  void joinsEveryRecordThatBearsTheParentsId() {
    TestRecord first = named("feedback:1").at(1).group("u-1");
    TestRecord other = named("feedback:1").at(2).group("u-2").asks("else");

    Resolved resolved = resolve(List.of("feedback:1"), first, other);

    long parent = Join.nodeOfId("feedback:1");
    assertThat(resolved.joins())
        .containsExactlyInAnyOrder(
            new Join(first.identity().node(), parent, Join.Cause.PARENT),
            new Join(other.identity().node(), parent, Join.Cause.PARENT),
            new Join(other.identity().node(), first.identity().node(), Join.Cause.DUPLICATE));
  }

  @Test
  void takesNoticeOfAParentThatIsNotThere() {
    assertThat(resolve(List.of("feedback:9"), named("feedback:1")).joins()).isEmpty();
  }

  @Property(tries = 200)
  void comesToTheSameWhateverTheOrder(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(max = 255) Integer> shapes,
      @ForAll Random random) {
    List<TestRecord> records = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      int shape = shapes.get(i);
      records.add(
          named("feedback:" + shape % 3)
              .asks("prompt " + shape / 3 % 2)
              .at(shape / 6 % 3)
              .group(shape / 18 % 2 == 0 ? null : "g" + shape / 36 % 3)
              .place(i));
    }
    Resolved expected = resolve(List.of("feedback:1"), records.toArray(TestRecord[]::new));
    Collections.shuffle(records, random);
    Resolved shuffled = resolve(List.of("feedback:1"), records.toArray(TestRecord[]::new));

    assertThat(shuffled.identities()).hasSize(records.size());
    assertThat(new HashSet<>(shuffled.identities()))
        .isEqualTo(new HashSet<>(expected.identities()));
    assertThat(new HashSet<>(shuffled.joins())).isEqualTo(new HashSet<>(expected.joins()));
  }

  private static Resolved resolve(TestRecord... records) {
    return resolve(List.of(), records);
  }

  private static Resolved resolve(List<String> parents, TestRecord... records) {
    IdResolution resolution = new IdResolution();
    parents.forEach(resolution::addParent);
    for (TestRecord each : records) {
      resolution.add(each.identity());
    }
    return resolution.resolve();
  }

  static Identity found(TestRecord record, Resolved resolved) {
    return resolved.identities().stream()
        .filter(identity -> identity.rank().equals(record.identity().rank()))
        .findAny()
        .orElseThrow();
  }

  static @Nullable Drop drop(TestRecord record, Resolved resolved) {
    return found(record, resolved).drop();
  }
}
