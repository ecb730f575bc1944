package dev.attune.pipeline.split;

import static dev.attune.pipeline.example.TestRecord.named;
import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.config.CurationRules.SplitRule;
import dev.attune.pipeline.example.Decision;
import dev.attune.pipeline.example.Identity;
import dev.attune.pipeline.example.Join;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.example.Split;
import dev.attune.pipeline.example.TestRecord;
import dev.attune.pipeline.graph.Components;
import dev.attune.pipeline.graph.Roots;
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

/** No unit in both files, and nothing in training that is near validation, whatever is joined. */
class SeparationTest {
  private static final Similarity SIMILARITY = new Similarity(0.8);

  /**
   * The stage before found none of the near texts here, so that all of them are left to the exact
   * comparison; what groups and parents join is given.
   */
  @Property(tries = 200)
  void keepsUnitsWholeAndNearTextsApart(
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 80) int count,
      @ForAll @IntRange(min = 1, max = 5) int buckets) {
    List<Identity> identities = new ArrayList<>();
    List<Shingled> shingles = new ArrayList<>();
    List<Join> joins = new ArrayList<>();
    Map<Key128, Identity> byRecord = new HashMap<>();
    for (int i = 0; i < count; i++) {
      TestRecord record =
          named("feedback:" + i)
              .asks(SimilarTexts.text(random) + " at " + i)
              .group(random.nextBoolean() ? null : "g" + random.nextInt(15));
      Identity identity = record.identity();
      identities.add(identity);
      byRecord.put(identity.rank().record(), identity);
      shingles.add(
          new Shingled(
              identity.content(), ComparedShingles.ofPrompt(Shingles.of(record.prompt()))));
      if (random.nextInt(5) == 0) {
        long parent = Join.nodeOfId("feedback:" + random.nextInt(2 * count));
        joins.add(new Join(identity.node(), parent, Join.Cause.PARENT));
      }
    }
    SplitInMemory split =
        new SplitInMemory(new SplitRule(0.3, true, "1"), Long.MAX_VALUE, Long.MAX_VALUE, buckets);

    List<Decision> decisions = split.decide(identities, joins, shingles, SIMILARITY);

    assertThat(decisions).hasSize(count);
    assertUnitsAreWhole(decisions, byRecord, joins);
    assertNothingIsNear(decisions, byRecord, shingles);
    Collections.shuffle(identities, random);
    Collections.shuffle(joins, random);
    Collections.shuffle(shingles, random);
    assertThat(new HashSet<>(split.decide(identities, joins, shingles, SIMILARITY)))
        .isEqualTo(new HashSet<>(decisions));
  }

  private static void assertUnitsAreWhole(
      List<Decision> decisions, Map<Key128, Identity> byRecord, List<Join> joins) {
    Components components = new Components();
    joins.forEach(components::join);
    Roots roots = components.roots();
    Map<Long, Split> splitOfUnit = new HashMap<>();
    for (Decision decision : decisions) {
      Split split = decision.split();
      if (split != null) {
        long root = roots.root(identity(decision, byRecord).node());
        assertThat(splitOfUnit.merge(root, split, (before, now) -> before)).isEqualTo(split);
      }
    }
  }

  private static void assertNothingIsNear(
      List<Decision> decisions, Map<Key128, Identity> byRecord, List<Shingled> shingles) {
    Map<Key128, Shingles> byContent = new HashMap<>();
    shingles.forEach(text -> byContent.put(text.content(), text.shingles().prompt()));
    Map<String, Shingles> held = new HashMap<>();
    for (Decision decision : decisions) {
      if (decision.split() == Split.VALIDATION) {
        Identity identity = identity(decision, byRecord);
        held.put(identity.rank().id(), text(identity, byContent));
      }
    }
    for (Decision decision : decisions) {
      Shingles text = text(identity(decision, byRecord), byContent);
      boolean near = held.values().stream().anyMatch(each -> each.isNear(text, SIMILARITY));
      if (decision.split() == Split.TRAINING) {
        assertThat(near).isFalse();
      } else if (decision.split() == null) {
        assertThat(decision.reason()).isEqualTo(RejectionReason.NEAR_DUPLICATE);
        Shingles other = Objects.requireNonNull(held.get(String.valueOf(decision.duplicateOf())));
        assertThat(text.similarity(other)).isGreaterThanOrEqualTo(SIMILARITY.least());
      }
    }
  }

  private static Identity identity(Decision decision, Map<Key128, Identity> byRecord) {
    return byRecord.computeIfAbsent(
        decision.record(),
        record -> {
          throw new AssertionError("nobody asked about " + record);
        });
  }

  private static Shingles text(Identity identity, Map<Key128, Shingles> byContent) {
    return byContent.getOrDefault(identity.content(), Shingles.of(""));
  }
}
