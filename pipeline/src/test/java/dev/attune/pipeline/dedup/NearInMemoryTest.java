package dev.attune.pipeline.dedup;

import static dev.attune.pipeline.example.TestRecord.named;
import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.example.Drop;
import dev.attune.pipeline.example.Identity;
import dev.attune.pipeline.example.Join;
import dev.attune.pipeline.example.TestRecord;
import dev.attune.pipeline.graph.CommonPrompts;
import dev.attune.pipeline.nearness.ComparedShingles;
import dev.attune.pipeline.nearness.Shingled;
import dev.attune.pipeline.nearness.Shingles;
import dev.attune.pipeline.nearness.SimilarTexts;
import dev.attune.pipeline.nearness.Similarity;
import dev.attune.pipeline.rejection.RejectionReason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NearInMemoryTest {
  private static final String SIX = "a b c d e f";
  private static final String SEVEN = "a b c d e f g";

  @Test
  void dropsTheLaterInSurvivorOrderAndNamesTheOther() {
    TestRecord early = named("feedback:2").asks(SEVEN).at(1);
    TestRecord late = named("feedback:1").asks(SIX).at(2);
    Resolved resolved = resolve(List.of(late, early));
    assertThat(found(early, resolved).drop()).isNull();
    assertThat(found(late, resolved).drop()).isEqualTo(near("feedback:2"));
  }

  @Test
  void tellsWhatGaveWayToADroppedRecordWhoStandsForItInTheEnd() {
    TestRecord stays = named("feedback:1").asks(SIX).at(1).group("g-1");
    TestRecord drops = named("feedback:2").asks(SEVEN).at(2);
    TestRecord follows = named("feedback:3").asks(SEVEN).at(3).group("g-3");
    Resolved resolved = resolve(List.of(follows, drops, stays));
    assertThat(found(follows, resolved).drop())
        .isEqualTo(new Drop(RejectionReason.EXACT_DUPLICATE, "feedback:1"));
    // The group of the one that gave way first is held together with the unit of the last.
    assertThat(reach(resolved, follows.identity().node())).contains(stays.identity().node());
  }

  @Test
  void keepsTextsWithOtherCategoriesAndJoinsThem() {
    TestRecord one = named("feedback:1").asks(SIX).in("moving");
    TestRecord other = named("feedback:2").asks(SEVEN).in("speaking");
    Resolved resolved = resolve(List.of(one, other));
    assertThat(resolved.identities()).allMatch(identity -> identity.drop() == null);
    assertThat(resolved.joins())
        .containsExactly(
            new Join(one.identity().node(), other.identity().node(), Join.Cause.NEARNESS));
  }

  @Property(tries = 150)
  void dropsAndJoinsTheSameWhateverTheOrderAndTheBuckets(
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 80) int count,
      @ForAll @IntRange(min = 2, max = 7) int buckets) {
    List<TestRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(
          named("feedback:" + i)
              .asks(SimilarTexts.text(random))
              .in("category " + random.nextInt(2))
              .at(random.nextInt(3))
              .group(random.nextBoolean() ? null : "g" + random.nextInt(20)));
    }
    Resolved expected = resolve(records, 1);
    Collections.shuffle(records, random);
    Resolved shuffled = resolve(records, buckets);
    assertThat(new HashSet<>(shuffled.identities()))
        .isEqualTo(new HashSet<>(expected.identities()));
    assertThat(shuffled.identities()).hasSize(count);
    assertThat(new HashSet<>(shuffled.joins())).isEqualTo(new HashSet<>(expected.joins()));
    assertDroppedForOneThatStaysAndIsNear(records, expected);
  }

  private static void assertDroppedForOneThatStaysAndIsNear(
      List<TestRecord> records, Resolved resolved) {
    Map<String, Shingles> texts = new HashMap<>();
    records.forEach(record -> texts.put(record.id(), Shingles.of(record.prompt())));
    Map<String, Identity> byId = new HashMap<>();
    resolved.identities().forEach(identity -> byId.put(identity.rank().id(), identity));
    for (Identity identity : resolved.identities()) {
      Drop drop = identity.drop();
      if (drop != null) {
        assertThat(byId.get(drop.duplicateOf())).extracting(Identity::drop).isNull();
        if (drop.reason() == RejectionReason.NEAR_DUPLICATE) {
          Shingles text = Objects.requireNonNull(texts.get(identity.rank().id()));
          Shingles other = Objects.requireNonNull(texts.get(drop.duplicateOf()));
          assertThat(text.similarity(other)).isGreaterThanOrEqualTo(0.8);
        }
      }
    }
  }

  private static Drop near(String to) {
    return new Drop(RejectionReason.NEAR_DUPLICATE, to);
  }

  private static Identity found(TestRecord record, Resolved resolved) {
    return resolved.identities().stream()
        .filter(identity -> identity.rank().equals(record.identity().rank()))
        .findFirst()
        .orElseThrow();
  }

  private static List<Long> reach(Resolved resolved, long from) {
    List<Long> reached = new ArrayList<>(List.of(from));
    for (int i = 0; i < reached.size(); i++) {
      for (Join join : resolved.joins()) {
        addOther(join.a(), join.b(), reached.get(i), reached);
        addOther(join.b(), join.a(), reached.get(i), reached);
      }
    }
    return reached;
  }

  private static void addOther(long a, long b, @Nullable Long at, List<Long> reached) {
    if (at != null && at == a && !reached.contains(b)) {
      reached.add(b);
    }
  }

  private static Resolved resolve(List<TestRecord> records) {
    return resolve(records, 3);
  }

  private static Resolved resolve(List<TestRecord> records, int buckets) {
    List<Identity> identities = new ArrayList<>();
    List<Shingled> shingles = new ArrayList<>();
    for (TestRecord record : records) {
      identities.add(record.identity());
      shingles.add(
          new Shingled(
              record.identity().content(),
              ComparedShingles.ofPrompt(Shingles.of(record.prompt()))));
    }
    return new NearInMemory(new Similarity(0.8), buckets)
        .drop(DuplicatesInMemory.drop(identities, CommonPrompts.NONE, buckets), shingles)
        .resolved();
  }
}
