package dev.attune.pipeline.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.example.Asked;
import dev.attune.pipeline.example.Commonness;
import dev.attune.pipeline.example.Identity;
import dev.attune.pipeline.example.Join;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.example.Split;
import dev.attune.pipeline.example.TestRecord;
import dev.attune.pipeline.graph.CommonPrompts;
import dev.attune.pipeline.graph.Components;
import dev.attune.pipeline.graph.Roots;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Tests which records are joined and which prompts are common; see
 * docs/adr/0012-equal-prompts-and-common-ones.md.
 */
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
    records.add(new Asked(NONE, NONE, List.of(), node("a"), "x:a", null, Commonness.NONE));
    records.add(new Asked(NONE, NONE, List.of(), node("b"), "x:b", null, Commonness.NONE));
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
    records.add(
        new Asked(
            key(1), NONE, List.of(), node("old"), "x:old", Split.VALIDATION, Commonness.NONE));
    assertThat(commonness(1)).isEqualTo(Commonness.VALIDATION_PROMPT);
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
    Found found = found();
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
    records.add(
        new Asked(
            key(1), key(100), List.of(), node("old"), "x:old", Split.VALIDATION, Commonness.NONE));
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

  private void ask(String group, int prompt) {
    records.add(
        new Asked(key(prompt), NONE, List.of(), node(group), "x:" + group, null, Commonness.NONE));
  }

  private void dialogue(String group, int prompt, int turns) {
    records.add(
        new Asked(
            key(prompt), key(turns), List.of(), node(group), "x:" + group, null, Commonness.NONE));
  }

  private void longer(String group, int prompt, int first, int next) {
    records.add(
        new Asked(
            key(prompt),
            NONE,
            List.of(new Asked.Beginning(key(first), key(next))),
            node(group),
            "x:" + group,
            null,
            Commonness.NONE));
  }

  private record Found(CommonPrompts common, List<Join> joins) {}

  private Found found() {
    PromptBucket bucket = new PromptBucket();
    records.forEach(asked -> PromptEntry.of(asked).forEach(bucket::add));
    List<Join> joins = new ArrayList<>();
    List<BeginningJoin> beginnings = new ArrayList<>();
    CommonPrompts common = bucket.resolve(joins::add, beginnings::add).common();
    beginnings.stream().map(each -> each.join(common)).filter(Objects::nonNull).forEach(joins::add);
    return new Found(common, joins);
  }

  private boolean together(String a, String b) {
    Roots roots = roots(found());
    return roots.root(node(a)) == roots.root(node(b));
  }

  private static Roots roots(Found found) {
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
