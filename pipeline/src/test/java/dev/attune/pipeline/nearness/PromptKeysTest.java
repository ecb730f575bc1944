package dev.attune.pipeline.nearness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.example.Identity;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Role;
import dev.attune.schema.Turn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PromptKeysTest {
  private static final String LONG = "one two three four five six seven eight";

  @Test
  void leavesOutTheSystemInstructionAndTheAnswer() {
    assertThat(keys("Be brief.", "How do I pay?", "By card.").prompt())
        .isEqualTo(keys(null, "how do I PAY", "In cash.").prompt())
        .isNotEqualTo(keys(null, "How do I pray?", "By card.").prompt());
  }

  @Test
  void dependsOnMedia() {
    PromptKeys cat = withMedia("gs://photos/cat.png");
    assertThat(cat.prompt())
        .isEqualTo(withMedia("gs://photos/cat.png").prompt())
        .isNotEqualTo(withMedia("gs://photos/dog.png").prompt())
        .isNotEqualTo(keys(null, "What is this?", "A cat.").prompt());
  }

  @Test
  void isNothingWithoutLettersAndDigits() {
    assertThat(keys(null, "?!", "What do you mean?").prompt()).isEqualTo(Identity.Keys.NO_PROMPT);
  }

  @Test
  void aDialogueIsTheBeginningOfTheLongerOne() {
    PromptKeys whole = keys(null, LONG, "Yes.");
    PromptKeys longer = keys(null, LONG, "Yes.", "And then?", "No.");
    assertThat(longer.beginnings()).isEqualTo(2);
    assertThat(longer.beginning(0)).isEqualTo(whole.dialogue());
    assertThat(longer.continuation(0)).isEqualTo(longer.prompt()).isEqualTo(longer.beginning(1));
    assertThat(longer.continuation(1)).isEqualTo(longer.dialogue());
    assertThat(whole.beginnings()).isZero();
  }

  @Test
  void aDialogueOfFewerThanEightWordsIsNoBeginning() {
    assertThat(keys(null, "one two three four", "five six seven").dialogue())
        .isEqualTo(Identity.Keys.NO_PROMPT);
    assertThat(keys(null, "one two three four", "five six seven eight").dialogue())
        .isNotEqualTo(Identity.Keys.NO_PROMPT);
    assertThat(keys(null, "请问如何把水", "先关").dialogue()).isNotEqualTo(Identity.Keys.NO_PROMPT);
  }

  private static PromptKeys keys(@Nullable String system, String... turns) {
    List<Turn> all = new ArrayList<>();
    for (int i = 0; i < turns.length; i++) {
      all.add(new Turn(i % 2 == 0 ? Role.USER : Role.MODEL, turns[i], List.of()));
    }
    return PromptKeys.of(new ExampleLine(system, all));
  }

  private static PromptKeys withMedia(String uri) {
    return PromptKeys.of(
        new ExampleLine(
            null,
            List.of(
                new Turn(Role.USER, "What is this?", List.of(uri)),
                new Turn(Role.MODEL, "A cat.", List.of()))));
  }
}
