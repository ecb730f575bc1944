package dev.attune.pipeline.prompt;

import dev.attune.pipeline.example.Join;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.graph.CommonPrompts;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The whole dialogue of one record is the beginning of another one's.
 *
 * @param node of the shorter one's group
 * @param prompt the shorter one's prompt key
 * @param longer the longer one, and its group
 */
public record BeginningJoin(long node, Key128 prompt, Longer longer) implements Serializable {
  /**
   * A record that goes on where a whole dialogue ends.
   *
   * @param node of its group
   * @param own the node of the record without a group
   * @param prompt its prompt key
   */
  record Longer(long node, long own, Key128 prompt) implements Serializable {}

  /**
   * What is joined: nothing where the shorter one's prompt is common, for it belongs to training,
   * and what goes on from it may stand in either split. Where the longer one's is, it has left its
   * group, and the shorter one, which it contains, must follow it to training.
   */
  public @Nullable Join join(CommonPrompts common) {
    if (common.isCommon(prompt)) {
      return null;
    }
    long to = common.isCommon(longer.prompt) ? longer.own : longer.node;
    return new Join(node, to, Join.Cause.BEGINNING);
  }
}
