package dev.attune.pipeline.split;

import static dev.attune.pipeline.example.TestRecord.named;
import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.config.CurationRules.DuplicateRule;
import dev.attune.config.CurationRules.SplitRule;
import dev.attune.pipeline.example.Commonness;
import dev.attune.pipeline.example.Decision;
import dev.attune.pipeline.example.Identity;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.example.RejectionReason;
import dev.attune.pipeline.example.Split;
import dev.attune.pipeline.example.TestRecord;
import dev.attune.pipeline.fixture.ComparedStages;
import dev.attune.pipeline.fixture.ComparedStages.Distinct;
import dev.attune.pipeline.fixture.ComparedStages.Divided;
import dev.attune.pipeline.nearness.ComparedShingles;
import dev.attune.pipeline.nearness.ComparedText;
import dev.attune.pipeline.nearness.JoinedIndex;
import dev.attune.pipeline.nearness.LeftOut;
import dev.attune.pipeline.nearness.Shingled;
import dev.attune.pipeline.nearness.SimilarTexts;
import dev.attune.pipeline.nearness.Similarity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Conversations with templates, carried examples and common prompts, dropped, joined and divided.
 */
class NearConversationsApartTest {
  private static final Similarity SIMILARITY = new Similarity(0.8);
  private static final String INSTRUCTION =
      "i1 i2 i3 i4 i5 i6 i7 i8 i9 i10 i11 i12 i13 i14 i15 i16 i17 i18 i19 i20 ";
  private static final String CLOSING =
      "a1 a2 a3 a4 a5 a6 a7 a8 a9 a10 a11 a12 a13 a14 a15 a16 a17 a18 a19 a20 a21 a22 a23 a24";

  private final List<Identity> identities = new ArrayList<>();
  private final List<Shingled> shingles = new ArrayList<>();
  private final Map<Key128, Identity> byRecord = new HashMap<>();
  private final Map<Key128, ComparedShingles> byContent = new HashMap<>();

  private record Outcome(Distinct left, List<Decision> decisions) {}

  @ParameterizedTest
  @CsvSource({"1, 120, 2", "2, 300, 5"})
  void areApartInTheSenseInWhichTheyAreJoinedWhateverTheOrderAndTheBuckets(
      long seed, int count, int buckets) {
    Random random = new Random(seed);
    for (int i = 0; i < count; i++) {
      add(i, random);
    }
    Outcome outcome = outcome(1);
    Collections.shuffle(identities, random);
    Collections.shuffle(shingles, random);
    Outcome other = outcome(buckets);

    assertThat(other.decisions).containsExactlyInAnyOrderElementsOf(outcome.decisions);
    assertThat(other.left.templates()).isEqualTo(outcome.left.templates());
    assertThat(other.left.joins()).hasSameElementsAs(outcome.left.joins());
    assertDroppedForOneNearInBoth(outcome);
    assertNothingNewIsNearAcross(outcome);
  }

  private void add(int number, Random random) {
    String text = SimilarTexts.text(random);
    String prompt = random.nextBoolean() ? INSTRUCTION + text : text;
    String answer = random.nextInt(3) == 0 ? CLOSING : SimilarTexts.text(random) + " " + number;
    TestRecord record =
        named("feedback:" + number)
            .asks(prompt + " | " + answer)
            .in()
            .group(random.nextInt(3) > 0 ? null : "g" + random.nextInt(40));
    Split anyOf = random.nextBoolean() ? Split.TRAINING : Split.VALIDATION;
    Split carried = random.nextInt(6) > 0 ? null : anyOf;
    Identity read = carried == null ? record.identity() : record.carried(carried);
    boolean common = carried == null && random.nextInt(8) == 0;
    Identity identity = common ? read.common(Commonness.PROMPT) : read;
    identities.add(identity);
    byRecord.put(identity.rank().record(), identity);
    ComparedShingles compared = ComparedShingles.of(new ComparedText(prompt, answer));
    byContent.put(identity.content(), compared);
    String trained = carried == Split.TRAINING ? identity.rank().id() : null;
    shingles.add(
        new Shingled(
            identity.content(), identity.keys().prompt(), compared, trained, common, LeftOut.NONE));
  }

  private Outcome outcome(int buckets) {
    DuplicateRule rule = new DuplicateRule(true, SIMILARITY.least());
    Distinct left = ComparedStages.dropDuplicates(identities, shingles, rule, buckets);
    Divided divided =
        ComparedStages.assignSplit(
            left.identities(),
            left.joins(),
            left.shingles(),
            new SplitRule(0.3, true, "1"),
            rule,
            buckets);
    return new Outcome(left, divided.decisions());
  }

  private void assertDroppedForOneNearInBoth(Outcome outcome) {
    Map<String, Identity> byId = new HashMap<>();
    byRecord.values().forEach(identity -> byId.put(identity.rank().id(), identity));
    for (Identity identity : outcome.left.identities()) {
      if (identity.drop() != null && identity.drop().reason() == RejectionReason.NEAR_DUPLICATE) {
        ComparedShingles one = text(Objects.requireNonNull(byId.get(identity.rank().id())));
        ComparedShingles other =
            text(Objects.requireNonNull(byId.get(identity.drop().duplicateOf())));
        assertThat(one.isNearInPromptAndAnswer(other, SIMILARITY)).isTrue();
        assertThat(identity.isCarried()).isFalse();
      }
    }
  }

  private void assertNothingNewIsNearAcross(Outcome outcome) {
    Map<Key128, LeftOut> leftOut = new HashMap<>();
    outcome.left.shingles().forEach(text -> leftOut.put(text.content(), text.leftOut()));
    JoinedIndex index = new JoinedIndex(SIMILARITY);
    List<Identity> held = new ArrayList<>();
    for (Decision decision : outcome.decisions) {
      Identity identity = identity(decision);
      if (decision.split() == Split.VALIDATION && !decision.common().joinsNothing()) {
        index.add(text(identity), leftOut.getOrDefault(identity.content(), LeftOut.NONE));
        held.add(identity);
      }
    }
    for (Decision decision : outcome.decisions) {
      Identity identity = identity(decision);
      if (decision.split() == Split.TRAINING && !decision.common().joinsNothing()) {
        for (int found : index.find(text(identity))) {
          assertThat(identity.isCarried() && held.get(found).isCarried()).isTrue();
        }
      }
    }
  }

  private Identity identity(Decision decision) {
    return Objects.requireNonNull(byRecord.get(decision.record()));
  }

  private ComparedShingles text(Identity identity) {
    return Objects.requireNonNull(byContent.get(identity.content()));
  }
}
