package dev.attune.pipeline.nearness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.config.Task;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Role;
import dev.attune.schema.Turn;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ComparedShinglesTest {
  @Property(tries = 500)
  void areThoseOfPromptAnswerAndBothAsOneText(
      @ForAll @Size(max = 7) List<@IntRange(max = 4) Integer> prompt,
      @ForAll @Size(max = 7) List<@IntRange(max = 4) Integer> answer) {
    ComparedText text = new ComparedText(words(prompt), words(answer));
    ComparedShingles shingles = ComparedShingles.of(text);
    assertThat(shingles.prompt()).isEqualTo(Shingles.of(words(prompt)));
    assertThat(shingles.answer()).isEqualTo(Shingles.of(words(answer)));
    assertThat(shingles.whole()).isEqualTo(Shingles.of(words(prompt) + " " + words(answer)));
    assertThat(shingles.whole()).isEqualTo(Shingles.of(text.whole()));
  }

  @Property(tries = 500)
  void areTakenAwayAndPutTogetherAsSets(
      @ForAll @Size(max = 12) List<@IntRange(max = 3) Integer> one,
      @ForAll @Size(max = 12) List<@IntRange(max = 3) Integer> other) {
    Shingles a = Shingles.of(words(one));
    Shingles b = Shingles.of(words(other));
    Shingles rest = a.without(b);
    assertThat(rest.shared(b)).isZero();
    assertThat(rest.size()).isEqualTo(a.size() - a.shared(b));
    assertThat(a.hasAll(rest)).isTrue();
    Shingles both = a.with(b);
    assertThat(both.hasAll(a) && both.hasAll(b)).isTrue();
    assertThat(both.size()).isEqualTo(rest.size() + b.size());
    assertThat(both).isEqualTo(b.with(a));
    assertThat(both.hashes()).isSorted();
  }

  @Test
  void areOfAllTurnsButTheLastAndOfTheLast() {
    ExampleLine line =
        new ExampleLine(
            "Be kind",
            List.of(
                new Turn(Role.USER, "What is\nTHIS?", List.of("gs://b/p.png")),
                Turn.model("A cat."),
                Turn.user("And that?"),
                Turn.model("A dog.")));
    assertThat(ComparedText.of(line, Task.CONVERSATION))
        .isEqualTo(new ComparedText("gs://b/p.png what is this? a cat. and that?", "a dog."));
    assertThat(ComparedText.of(line, Task.CLASSIFICATION))
        .isEqualTo(new ComparedText("gs://b/p.png what is this? a cat. and that?", null));
  }

  private static String words(List<Integer> words) {
    return String.join(" ", words.stream().map(word -> "w" + word).toList());
  }
}
