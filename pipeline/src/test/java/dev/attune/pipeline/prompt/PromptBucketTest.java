package dev.attune.pipeline.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.example.Asked;
import dev.attune.pipeline.example.Commonness;
import dev.attune.pipeline.example.Identity;
import dev.attune.pipeline.example.Join;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.example.Split;
import dev.attune.pipeline.example.TestRecord;
import dev.attune.pipeline.graph.Components;
import dev.attune.pipeline.graph.Roots;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is joined and what is common, by the rules of contract section 6. */
class PromptBucketTest {
  private static final Key128 NONE = Identity.Keys.NO_PROMPT;

  private final List<Asked> records = new ArrayList<>();

  @Test
  void joinsGroupsThatShareAPrompt() {
    ask("a", 1);
    ask("b", 1);
    ask("c", 2);
    assertThat(together("a", "b")).isTrue();
    assertThat(together("a", "c")).isFalse();
  }

  @Test
  void joinsNothingByAnEmptyPrompt() {
    records.add(new Asked(NONE, NONE, List.of(), node("a"), "x:a", null));
    records.add(new Asked(NONE, NONE, List.of(), node("b"), "x:b", null));
    assertThat(found().joins()).isEmpty();
  }

  @Test
  void twentyGroupsAreJoinedAndOneMoreMakesAPromptCommon() {
    for (int i = 0; i < 20; i++) {
      ask("g" + i, 1);
    }
    assertThat(together("g0", "g19")).isTrue();
    ask("g0", 1);
    assertThat(found().common().isCommon(key(1))).isFalse();
    ask("g20", 1);
    assertThat(found().joins()).isEmpty();
    assertThat(found().common().isCommon(key(1))).isTrue();
    assertThat(commonness(1)).isEqualTo(Commonness.PROMPT);
  }

  @Test
  void aCommonPromptThatValidationAskedBeforeGoesNowhere() {
    for (int i = 0; i < 21; i++) {
      ask("g" + i, 1);
    }
    records.add(new Asked(key(1), NONE, List.of(), node("old"), "x:old", Split.VALIDATION));
    assertThat(commonness(1)).isEqualTo(Commonness.HELD_PROMPT);
  }

  @Test
  void whatWasCommonInThePreviousDatasetStaysCommon() {
    records.add(
        new Asked(
            key(1), NONE, List.of(), node("old"), "x:old", Split.TRAINING, Commonness.PROMPT));
    ask("g0", 1);
    assertThat(found().joins()).isEmpty();
    assertThat(commonness(1)).isEqualTo(Commonness.PROMPT);

    records.add(
        new Asked(
            key(2),
            key(100),
            List.of(),
            node("opener"),
            "x:opener",
            Split.TRAINING,
            Commonness.BEGINNING));
    longer("g1", 3, 100, 200);
    assertThat(found().joins()).isEmpty();
    assertThat(found().common().tell(identity("opener", 2)).common())
        .isEqualTo(Commonness.BEGINNING);
  }

  @Test
  void joinsADialogueWithThoseThatBeginWithIt() {
    dialogue("short", 1, 100);
    longer("long", 2, 100, 102);
    longer("other", 3, 101, 103);
    assertThat(together("short", "long")).isTrue();
    assertThat(together("short", "other")).isFalse();
  }

  @Test
  void aDialogueThatManyGoOnFromInManyWaysIsACommonBeginning() {
    dialogue("opener", 1, 100);
    for (int i = 0; i < 21; i++) {
      longer("g" + i, 10 + i, 100, 200 + i);
    }
    PromptsInMemory.Found found = found();
    assertThat(found.joins()).isEmpty();
    assertThat(found.common().isCommonBeginning(key(100))).isTrue();
    assertThat(found.common().tell(identity("opener", 1)).common()).isEqualTo(Commonness.BEGINNING);
    assertThat(found.common().tell(identity("g0", 10)).common()).isEqualTo(Commonness.NONE);
  }

  @Test
  void oneDialogueThatWasExportedAfterEachTurnIsNoCommonBeginning() {
    dialogue("opener", 1, 100);
    for (int i = 0; i < 40; i++) {
      longer("g" + i, 10 + i, 100, 200);
    }
    assertThat(together("opener", "g39")).isTrue();
  }

  @Test
  void aBeginningThatValidationHasIsNeverCommon() {
    records.add(new Asked(key(1), key(100), List.of(), node("old"), "x:old", Split.VALIDATION));
    for (int i = 0; i < 21; i++) {
      longer("g" + i, 10 + i, 100, 200 + i);
    }
    assertThat(together("old", "g20")).isTrue();
  }

  @Test
  void aBeginningOfADialogueWithACommonPromptFollowsThatOneAlone() {
    dialogue("short", 99, 100);
    for (int i = 0; i < 21; i++) {
      longer("g" + i, 1, 100, 200);
    }
    List<Join> joins = found().joins();
    assertThat(joins).hasSize(21);
    assertThat(joins)
        .allSatisfy(join -> assertThat(join.a()).isEqualTo(node("short")))
        .extracting(Join::b)
        .contains(Join.nodeOfId("x:g0"))
        .doesNotContain(node("g0"));
  }

  @Test
  void findsTheSameInAnyOrderAndInAnyNumberOfBuckets() {
    Random random = new Random(7);
    for (int i = 0; i < 400; i++) {
      String group = "g" + random.nextInt(60);
      int turns = random.nextInt(40);
      if (random.nextBoolean()) {
        dialogue(group, random.nextInt(30), turns);
      } else {
        longer(group, random.nextInt(30), turns, 50 + random.nextInt(60));
      }
    }
    PromptsInMemory.Found found = found();
    Roots roots = roots(found);
    Collections.shuffle(records, random);
    PromptsInMemory.Found again = PromptsInMemory.join(records, 7);
    assertThat(again.common()).isEqualTo(found.common());
    Roots rootsAgain = roots(again);
    for (int i = 0; i < 60; i++) {
      assertThat(rootsAgain.root(node("g" + i))).isEqualTo(roots.root(node("g" + i)));
    }
  }

  private void ask(String group, int prompt) {
    records.add(new Asked(key(prompt), NONE, List.of(), node(group), "x:" + group, null));
  }

  private void dialogue(String group, int prompt, int turns) {
    records.add(new Asked(key(prompt), key(turns), List.of(), node(group), "x:" + group, null));
  }

  private void longer(String group, int prompt, int first, int next) {
    records.add(
        new Asked(
            key(prompt),
            NONE,
            List.of(new Asked.Beginning(key(first), key(next))),
            node(group),
            "x:" + group,
            null));
  }

  private PromptsInMemory.Found found() {
    return PromptsInMemory.join(records, 3);
  }

  private boolean together(String a, String b) {
    Roots roots = roots(found());
    return roots.root(node(a)) == roots.root(node(b));
  }

  private static Roots roots(PromptsInMemory.Found found) {
    Components components = new Components();
    found.joins().forEach(components::join);
    return components.roots();
  }

  private Commonness commonness(int prompt) {
    return found().common().tell(identity("g0", prompt)).common();
  }

  private static Identity identity(String group, int prompt) {
    Identity read = TestRecord.named("x:" + group).group(group).identity();
    return new Identity(
        read.rank(),
        new Identity.Keys(read.content(), read.answer(), key(prompt)),
        read.categories(),
        read.group(),
        read.parent(),
        read.node(),
        read.joins(),
        read.bytes(),
        Commonness.NONE,
        null);
  }

  private static long node(@Nullable String group) {
    return Join.node(group, "");
  }

  private static Key128 key(int number) {
    return new Key128(number, 31L * number + 1);
  }
}
