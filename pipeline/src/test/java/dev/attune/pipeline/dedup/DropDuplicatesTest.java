package dev.attune.pipeline.dedup;

import static dev.attune.pipeline.example.TestRecord.named;
import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.config.CurationRules.DuplicateRule;
import dev.attune.pipeline.example.Drop;
import dev.attune.pipeline.example.Identity;
import dev.attune.pipeline.example.Join;
import dev.attune.pipeline.example.RejectionReason;
import dev.attune.pipeline.example.TestRecord;
import dev.attune.pipeline.fixture.ComparedStages;
import dev.attune.pipeline.fixture.ComparedStages.Distinct;
import dev.attune.pipeline.nearness.ComparedShingles;
import dev.attune.pipeline.nearness.ComparedText;
import dev.attune.pipeline.nearness.Shingled;
import dev.attune.pipeline.nearness.Shingles;
import dev.attune.pipeline.nearness.SimilarTexts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DropDuplicatesTest {
  private static final String SIX = "a b c d e f";
  private static final String SEVEN = "a b c d e f g";

  private static final DuplicateRule NEAR = new DuplicateRule(true, 0.8);
  private static final DuplicateRule EXACT = new DuplicateRule(false, 0.8);

  @Test
  void putsOutNothingForNothing() {
    for (DuplicateRule rule : List.of(NEAR, EXACT)) {
      Distinct none = ComparedStages.dropDuplicates(List.of(), List.of(), rule, 3);
      assertThat(none)
          .isEqualTo(new Distinct(List.of(), List.of(), List.of(), List.of(), List.of()));
    }
  }

  @Test
  void keepsOneRecordAsItIs() {
    TestRecord record = named("feedback:1").asks(SIX).group("g").parent("feedback:0");
    Distinct one = drop(List.of(record), NEAR, 3);
    assertThat(one.identities()).containsExactly(record.identity());
    assertThat(one.joins())
        .containsExactly(
            new Join(record.identity().node(), Join.nodeOfId("feedback:0"), Join.Cause.PARENT));
    assertThat(one.shingles()).containsExactly(shingled(record));
    assertThat(one.templates()).isEmpty();
    assertThat(one.refusals()).isEmpty();
  }

  @Test
  void dropsEqualRecordsAndKeepsNearOnesWhereTheRuleSaysSo() {
    TestRecord first = named("feedback:1").asks(SIX).at(1).in("moving");
    TestRecord sameId = named("feedback:1").asks("other").at(2);
    TestRecord sameText = named("feedback:2").asks(SIX).at(2).in("moving").group("g");
    TestRecord frequent = named("feedback:3").asks(SIX).at(3).in("moving");
    TestRecord conflict = named("feedback:4").asks(SIX).at(0).in("speaking");
    TestRecord near = named("feedback:5").asks(SEVEN).in("moving");
    Distinct distinct = drop(List.of(near, conflict, frequent, sameText, sameId, first), EXACT, 2);
    assertThat(distinct.identities()).hasSize(6);
    assertThat(found(first, distinct).drop()).isNull();
    assertThat(found(near, distinct).drop()).isNull();
    assertThat(found(sameId, distinct).drop())
        .isEqualTo(new Drop(RejectionReason.DUPLICATE_ID, "feedback:1", false));
    assertThat(found(sameText, distinct).drop())
        .isEqualTo(new Drop(RejectionReason.EXACT_DUPLICATE, "feedback:1", false));
    assertThat(found(frequent, distinct).drop())
        .isEqualTo(new Drop(RejectionReason.EXACT_DUPLICATE, "feedback:1", false));
    assertThat(found(conflict, distinct).drop())
        .isEqualTo(new Drop(RejectionReason.CONFLICTING_CATEGORIES, "feedback:1", false));
    assertThat(distinct.joins())
        .containsExactly(
            new Join(sameText.identity().node(), first.identity().node(), Join.Cause.DUPLICATE));
    assertThat(distinct.refusals()).isEmpty();
    assertThat(distinct.templates()).isEmpty();
  }

  @Test
  void dropsTheLaterOfNearTextsAndJoinsThoseWithOtherCategories() {
    TestRecord stays = named("feedback:1").asks(SIX).at(1).group("g-1");
    TestRecord drops = named("feedback:2").asks(SEVEN).at(2);
    TestRecord follows = named("feedback:3").asks(SEVEN).at(3).group("g-3");
    TestRecord one = named("feedback:4").asks("k l m n o p").in("moving");
    TestRecord other = named("feedback:5").asks("k l m n o p q").in("speaking");
    Distinct distinct = drop(List.of(other, follows, drops, stays, one), NEAR, 3);
    assertThat(found(stays, distinct).drop()).isNull();
    assertThat(found(drops, distinct).drop())
        .isEqualTo(new Drop(RejectionReason.NEAR_DUPLICATE, "feedback:1", false));
    assertThat(found(follows, distinct).drop())
        .isEqualTo(new Drop(RejectionReason.EXACT_DUPLICATE, "feedback:1", false));
    // The group of the one that gave way first is held together with the unit of the last.
    assertThat(reach(distinct, follows.identity().node())).contains(stays.identity().node());
    assertThat(found(one, distinct).drop()).isNull();
    assertThat(found(other, distinct).drop()).isNull();
    assertThat(distinct.joins())
        .contains(new Join(one.identity().node(), other.identity().node(), Join.Cause.NEARNESS));
    assertThat(distinct.shingles())
        .extracting(Shingled::content)
        .containsExactlyInAnyOrder(
            stays.identity().content(), one.identity().content(), other.identity().content());
  }

  @Test
  void describesTemplatesOfConversations() {
    List<Identity> identities = new ArrayList<>();
    List<Shingled> shingles = new ArrayList<>();
    String instruction = "a b c d e f g h i j k l m n o p q r s t u v w x y z ".repeat(2);
    for (int i = 10; i < 40; i++) {
      String prompt = instruction + "question" + i;
      String answer = "answer" + i + " of" + i + " words" + i;
      Identity identity = named("feedback:" + i).asks(prompt + answer).in().identity();
      identities.add(identity);
      shingles.add(
          new Shingled(identity.content(), ComparedShingles.of(new ComparedText(prompt, answer))));
    }
    Distinct distinct = ComparedStages.dropDuplicates(identities, shingles, NEAR, 4);
    assertThat(distinct.identities()).hasSize(30).allMatch(each -> each.drop() == null);
    assertThat(distinct.joins()).isEmpty();
    assertThat(distinct.templates()).singleElement().asString().contains("feedback:10", "30 texts");
  }

  @ParameterizedTest
  @CsvSource({"1, 80, 7", "2, 300, 2"})
  void dropsAndJoinsTheSameWhateverTheOrderAndTheBuckets(long seed, int count, int buckets) {
    Random random = new Random(seed);
    List<TestRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(
          named("feedback:" + i)
              .asks(SimilarTexts.text(random))
              .in("category " + random.nextInt(2))
              .at(random.nextInt(3))
              .group(random.nextBoolean() ? null : "g" + random.nextInt(20)));
    }
    Distinct expected = drop(records, NEAR, 1);
    Collections.shuffle(records, random);
    Distinct shuffled = drop(records, NEAR, buckets);
    assertThat(shuffled.identities()).containsExactlyInAnyOrderElementsOf(expected.identities());
    assertThat(shuffled.identities()).hasSize(count);
    assertThat(shuffled.joins()).hasSameElementsAs(expected.joins());
    assertDroppedForOneThatStaysAndIsNear(records, expected);
  }

  private static void assertDroppedForOneThatStaysAndIsNear(
      List<TestRecord> records, Distinct resolved) {
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

  private static Identity found(TestRecord record, Distinct resolved) {
    return resolved.identities().stream()
        .filter(identity -> identity.rank().equals(record.identity().rank()))
        .findFirst()
        .orElseThrow();
  }

  private static List<Long> reach(Distinct resolved, long from) {
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

  private static Distinct drop(List<TestRecord> records, DuplicateRule rule, int buckets) {
    return ComparedStages.dropDuplicates(
        records.stream().map(TestRecord::identity).toList(),
        records.stream().map(DropDuplicatesTest::shingled).toList(),
        rule,
        buckets);
  }

  private static Shingled shingled(TestRecord record) {
    return new Shingled(
        record.identity().content(), ComparedShingles.ofPrompt(Shingles.of(record.prompt())));
  }
}
