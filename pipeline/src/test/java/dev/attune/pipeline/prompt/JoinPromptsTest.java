package dev.attune.pipeline.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.example.Asked;
import dev.attune.pipeline.example.Commonness;
import dev.attune.pipeline.example.Identity;
import dev.attune.pipeline.example.Join;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.fixture.ComparedStages;
import dev.attune.pipeline.fixture.ComparedStages.Prompts;
import dev.attune.pipeline.graph.CommonPrompts;
import dev.attune.pipeline.graph.Components;
import dev.attune.pipeline.graph.Roots;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JoinPromptsTest {
  private static final Key128 NONE = Identity.Keys.NO_PROMPT;

  @Test
  void findsNothingInNothing() {
    assertThat(ComparedStages.joinPrompts(List.of(), 3))
        .isEqualTo(new Prompts(CommonPrompts.NONE, List.of(), List.of()));
  }

  @Test
  void joinsEqualPromptsAndNamesCommonOnes() {
    List<Asked> asked = new ArrayList<>();
    for (int i = 0; i < 21; i++) {
      asked.add(
          new Asked(key(1), NONE, List.of(), 100 + i, "x:" + (100 + i), null, Commonness.NONE));
    }
    asked.add(new Asked(key(2), key(3), List.of(), 8, "x:8", null, Commonness.NONE));
    asked.add(new Asked(key(2), NONE, List.of(), 9, "x:9", null, Commonness.NONE));
    asked.add(asked.get(asked.size() - 1));
    asked.add(
        new Asked(
            key(4),
            NONE,
            List.of(new Asked.Beginning(key(3), key(5))),
            10,
            "x:10",
            null,
            Commonness.NONE));

    Prompts prompts = ComparedStages.joinPrompts(asked, 3);
    assertThat(prompts.joins())
        .containsExactlyInAnyOrder(
            new Join(8, 9, Join.Cause.PROMPT), new Join(8, 10, Join.Cause.BEGINNING));
    assertThat(prompts.common().isCommon(key(1))).isTrue();
    assertThat(prompts.common().isCommon(key(2))).isFalse();
    assertThat(prompts.sentences())
        .containsExactly(
            "1 prompt is common, shared by more than 20 groups now or in a dataset that this one"
                + " builds on: their records are not joined with others and belong to training."
                + " Common: that of x:100 (21 groups, 21 records).");
  }

  @Test
  void findsTheSameInAnyOrderAndInAnyNumberOfBuckets() {
    Random random = new Random(7);
    List<Asked> asked = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      int group = random.nextInt(60);
      Key128 prompt = key(1000 + random.nextInt(30));
      Key128 turns = key(random.nextInt(40));
      boolean longer = random.nextBoolean();
      List<Asked.Beginning> beginnings =
          longer ? List.of(new Asked.Beginning(turns, key(50 + random.nextInt(60)))) : List.of();
      asked.add(
          new Asked(
              prompt,
              longer ? NONE : turns,
              beginnings,
              group,
              "x:" + group,
              null,
              Commonness.NONE));
    }
    Prompts prompts = ComparedStages.joinPrompts(asked, 1);
    Collections.shuffle(asked, random);
    Prompts again = ComparedStages.joinPrompts(asked, 7);
    assertThat(again.common()).isEqualTo(prompts.common());
    assertThat(again.sentences()).isEqualTo(prompts.sentences());
    for (int group = 0; group < 60; group++) {
      assertThat(roots(again).root(group)).isEqualTo(roots(prompts).root(group));
    }
  }

  private static Roots roots(Prompts prompts) {
    Components components = new Components();
    prompts.joins().forEach(components::join);
    return components.roots();
  }

  private static Key128 key(int number) {
    return new Key128(number, 31L * number + 1);
  }
}
