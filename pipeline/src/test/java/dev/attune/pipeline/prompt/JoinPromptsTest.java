package dev.attune.pipeline.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.coder.AskedCoder;
import dev.attune.pipeline.example.Asked;
import dev.attune.pipeline.example.Identity;
import dev.attune.pipeline.example.Join;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.graph.CommonPrompts;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPipelineExtension.class)
class JoinPromptsTest {
  private static final Key128 NONE = Identity.Keys.NO_PROMPT;

  @Test
  void givesOneSetOfCommonPromptsOfNothing(TestPipeline pipeline) {
    PromptJoins out = join(pipeline, List.of());
    PAssert.that(out.common()).containsInAnyOrder(CommonPrompts.NONE);
    PAssert.that(out.joins()).empty();
    PAssert.that(out.sentences()).empty();
    pipeline.run().waitUntilFinish();
  }

  @Test
  void joinsEqualPromptsAndNamesCommonOnes(TestPipeline pipeline) {
    List<Asked> asked = new ArrayList<>();
    for (int i = 0; i < 21; i++) {
      asked.add(new Asked(key(1), NONE, List.of(), 100 + i, "x:" + (100 + i), null));
    }
    asked.add(new Asked(key(2), key(3), List.of(), 8, "x:8", null));
    asked.add(new Asked(key(2), NONE, List.of(), 9, "x:9", null));
    asked.add(
        new Asked(key(4), NONE, List.of(new Asked.Beginning(key(3), key(5))), 10, "x:10", null));

    PromptJoins out = join(pipeline, asked);
    PAssert.that(out.joins())
        .containsInAnyOrder(
            new Join(8, 9, Join.Cause.PROMPT), new Join(8, 10, Join.Cause.BEGINNING));
    PAssert.thatSingleton(out.common())
        .satisfies(
            common -> {
              assertThat(common.isCommon(key(1))).isTrue();
              assertThat(common.isCommon(key(2))).isFalse();
              return null;
            });
    PAssert.that(out.sentences())
        .containsInAnyOrder(
            "1 prompt is common, shared by more than 20 groups now or in a dataset that this one"
                + " builds on: their records are not joined with others and belong to training."
                + " Common: that of x:100 (21 groups, 21 records).");
    pipeline.run().waitUntilFinish();
  }

  private static PromptJoins join(TestPipeline pipeline, List<Asked> asked) {
    return pipeline
        .apply(Create.of(asked).withCoder(AskedCoder.of()))
        .apply(JoinPrompts.inBuckets(3));
  }

  private static Key128 key(int number) {
    return new Key128(number, number);
  }
}
