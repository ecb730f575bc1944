package dev.attune.pipeline.prompt;

import dev.attune.pipeline.example.Join;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.graph.CommonPrompts;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A pair of records of which the whole dialogue of one (the shorter) is the beginning of the other
 * (the longer).
 *
 * @param node the node of the shorter record's group
 * @param prompt the prompt key of the shorter record
 * @param longer the longer record
 */
public record BeginningJoin(long node, Key128 prompt, Longer longer) implements Serializable {
  /**
   * A record whose dialogue continues that of another record.
   *
   * @param node the node of its group
   * @param own the node that the record has without a group
   * @param prompt its prompt key
   */
  record Longer(long node, long own, Key128 prompt) implements Serializable {}

  /**
   * Returns the join of the two records, or null if the prompt of the shorter record is common.
   * That record then goes to training, and its continuations may be in either split. If the prompt
   * of the longer record is common, that record has left its group, so the join uses its own node:
   * the shorter record must follow it to training.
   */
  public @Nullable Join join(CommonPrompts common) {
    if (common.isCommon(prompt)) {
      return null;
    }
    long to = common.isCommon(longer.prompt) ? longer.own : longer.node;
    return new Join(node, to, Join.Cause.BEGINNING);
  }
}
