package dev.attune.pipeline.split;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.example.Join;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LargestUnitTest {
  @Test
  void isNamedWithWhatJoinedIt() {
    LargestUnit unit = new LargestUnit(1, 412, 37, "feedback:7");
    assertThat(unit.isMostOf(700)).isTrue();
    assertThat(unit.warning(700, EnumSet.allOf(Join.Cause.class)))
        .isEqualTo(
            "412 of 700 examples are one unit, which the split cannot divide: from 37 groups"
                + " joined by parents, exact duplicates, near texts, equal prompts and dialogues"
                + " that begin with one another; its smallest id is feedback:7.");
    assertThat(unit.sentence(700, Set.of(Join.Cause.PARENT)))
        .isEqualTo(
            "The largest unit (records that stay on one side of the split) has 412 of 700"
                + " examples, from 37 groups joined by parents; its smallest id is feedback:7.");
    assertThat(unit.refusal(700, Set.of(Join.Cause.PROMPT)))
        .isEqualTo(
            "412 of 700 examples are one unit, which the split cannot divide, and no validation"
                + " example is left: from 37 groups joined by equal prompts; its smallest id is"
                + " feedback:7. Give the records groups that tell them apart, or set"
                + " split.validation to 0 to go without validation");
  }

  @Test
  void isNamedAsOneGroupWhereNothingElseJoinedIt() {
    LargestUnit unit = new LargestUnit(1, 3, 1, "feedback:7");
    assertThat(unit.sentence(5, Set.of()))
        .endsWith("from one group; its smallest id is feedback:7.");
  }

  @Test
  void isNotMostOfWhatItIsHalfOf() {
    assertThat(new LargestUnit(1, 5, 1, "feedback:7").isMostOf(10)).isFalse();
    assertThat(new LargestUnit(1, 1, 1, "feedback:7").isMostOf(1)).isFalse();
  }

  @Test
  void isTheSameWhateverTheOrder() {
    LargestUnit large = new LargestUnit(1, 5, 1, "feedback:7");
    LargestUnit asLarge = new LargestUnit(2, 5, 1, "feedback:8");
    LargestUnit small = new LargestUnit(3, 4, 1, "feedback:1");
    assertThat(large.or(asLarge).or(small)).isEqualTo(large);
    assertThat(small.or(asLarge).or(large)).isEqualTo(large);
  }
}
