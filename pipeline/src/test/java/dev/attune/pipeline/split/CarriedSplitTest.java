package dev.attune.pipeline.split;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.config.CurationRules.DuplicateRule;
import dev.attune.config.CurationRules.SplitRule;
import dev.attune.pipeline.example.Decision;
import dev.attune.pipeline.example.Identity;
import dev.attune.pipeline.example.Join;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.example.RejectionReason;
import dev.attune.pipeline.example.Split;
import dev.attune.pipeline.example.TestRecord;
import dev.attune.pipeline.fixture.ComparedStages;
import dev.attune.pipeline.fixture.ComparedStages.Divided;
import dev.attune.pipeline.graph.Components;
import dev.attune.pipeline.graph.Roots;
import dev.attune.pipeline.nearness.ComparedShingles;
import dev.attune.pipeline.nearness.LeftOut;
import dev.attune.pipeline.nearness.Shingled;
import dev.attune.pipeline.nearness.Shingles;
import dev.attune.pipeline.nearness.SimilarTexts;
import dev.attune.pipeline.nearness.Similarity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Examples of a previous dataset among records, joined at random. */
class CarriedSplitTest {
  private static final Similarity SIMILARITY = new Similarity(0.8);

  private final Map<Key128, Identity> byRecord = new HashMap<>();
  private final Map<Key128, Shingles> byContent = new HashMap<>();
  private final List<Identity> identities = new ArrayList<>();
  private final List<Shingled> shingles = new ArrayList<>();
  private final List<Join> joins = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({"1, 0, 200, 3", "3, 3, 300, 5"})
  void movesNothingAndPutsNothingNewInBothFilesOrNearTheOther(
      long seed, int oneCarriedOf, int count, int buckets) {
    Random random = new Random(seed);
    for (int i = 0; i < count; i++) {
      add(i, count, oneCarriedOf, random);
    }

    List<Decision> decisions = decide(1);

    assertThat(decisions).hasSize(count);
    assertCarriedStay(decisions);
    assertUnitsAreWhole(decisions);
    assertNothingNewIsNear(decisions);
    Collections.shuffle(identities, random);
    Collections.shuffle(joins, random);
    Collections.shuffle(shingles, random);
    assertThat(decide(buckets)).containsExactlyInAnyOrderElementsOf(decisions);
  }

  private List<Decision> decide(int buckets) {
    Divided divided =
        ComparedStages.assignSplit(
            identities,
            joins,
            shingles,
            new SplitRule(0.3, true, "1"),
            new DuplicateRule(true, SIMILARITY.least()),
            buckets);
    assertThat(divided.refusals()).isEmpty();
    return divided.decisions();
  }

  private void add(int number, int count, int oneCarriedOf, Random random) {
    TestRecord record =
        TestRecord.named("feedback:" + number)
            .asks(SimilarTexts.text(random) + " at " + number)
            .group(random.nextBoolean() ? null : "g" + random.nextInt(15));
    Split anyOf = random.nextBoolean() ? Split.TRAINING : Split.VALIDATION;
    Split carried = oneCarriedOf == 0 || random.nextInt(oneCarriedOf) > 0 ? null : anyOf;
    Identity identity = carried == null ? record.identity() : record.carried(carried);
    identities.add(identity);
    byRecord.put(identity.rank().record(), identity);
    Shingles text = Shingles.of(record.prompt());
    byContent.put(identity.content(), text);
    String trained = carried == Split.TRAINING ? identity.rank().id() : null;
    shingles.add(
        new Shingled(
            identity.content(),
            identity.keys().prompt(),
            ComparedShingles.ofPrompt(text),
            trained,
            false,
            LeftOut.NONE));
    if (random.nextInt(5) == 0) {
      long parent = Join.nodeOfId("feedback:" + random.nextInt(2 * count));
      joins.add(new Join(identity.node(), parent, Join.Cause.PARENT));
    }
  }

  private void assertCarriedStay(List<Decision> decisions) {
    for (Decision decision : decisions) {
      Split carried = identity(decision).rank().carried();
      if (carried != null) {
        assertThat(decision.split()).isEqualTo(carried);
        assertThat(decision.reason()).isNull();
      }
    }
  }

  private void assertUnitsAreWhole(List<Decision> decisions) {
    Components components = new Components();
    joins.forEach(components::join);
    Roots roots = components.roots();
    Map<Long, Set<Split>> carried = new HashMap<>();
    Map<Long, Set<Split>> fresh = new HashMap<>();
    for (Decision decision : decisions) {
      Identity identity = identity(decision);
      Map<Long, Set<Split>> splits = identity.isCarried() ? carried : fresh;
      Split split = decision.split();
      if (split != null) {
        splits
            .computeIfAbsent(roots.root(identity.node()), r -> EnumSet.noneOf(Split.class))
            .add(split);
      }
    }
    fresh.forEach((root, splits) -> assertThat(splits).hasSize(1));
    for (Decision decision : decisions) {
      Identity identity = identity(decision);
      Set<Split> old = carried.getOrDefault(roots.root(identity.node()), Set.of());
      boolean conflict = old.size() == 2 && !identity.isCarried();
      assertThat(decision.reason() == RejectionReason.SPLIT_CONFLICT).isEqualTo(conflict);
      if (old.size() == 1 && decision.split() != null) {
        assertThat(old).contains(decision.split());
      }
    }
  }

  private void assertNothingNewIsNear(List<Decision> decisions) {
    for (Decision one : decisions) {
      for (Decision other : decisions) {
        boolean across = one.split() == Split.TRAINING && other.split() == Split.VALIDATION;
        boolean both = identity(one).isCarried() && identity(other).isCarried();
        if (across && !both) {
          assertThat(text(one).isNear(text(other), SIMILARITY)).isFalse();
        }
      }
      if (one.reason() == RejectionReason.NEAR_DUPLICATE) {
        Decision stands = named(decisions, one.duplicateOf());
        assertThat(stands.split()).isNotNull();
        assertThat(text(one).isNear(text(stands), SIMILARITY)).isTrue();
      }
    }
  }

  private Decision named(List<Decision> decisions, @Nullable String id) {
    return decisions.stream()
        .filter(decision -> identity(decision).rank().id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private Identity identity(Decision decision) {
    return Objects.requireNonNull(byRecord.get(decision.record()));
  }

  private Shingles text(Decision decision) {
    return Objects.requireNonNull(byContent.get(identity(decision).content()));
  }
}
