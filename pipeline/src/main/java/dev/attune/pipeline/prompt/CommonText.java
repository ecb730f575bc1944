package dev.attune.pipeline.prompt;

import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.example.Utf8Order;
import java.io.Serializable;
import java.util.Comparator;

/**
 * A prompt, or a beginning of dialogues, that many groups share.
 *
 * @param key of it
 * @param groups that share it, more than {@link
 *     dev.attune.pipeline.graph.CommonPrompts#MOST_GROUPS}
 * @param records that ask it, or begin with it, duplicates among them
 * @param smallestId the smallest full id of a record whose prompt or whole dialogue it is
 */
record CommonText(Key128 key, int groups, long records, String smallestId) implements Serializable {
  /** Compares by the number of groups, the largest first. */
  static final Comparator<CommonText> LARGEST_FIRST =
      Comparator.comparingInt(CommonText::groups)
          .thenComparingLong(CommonText::records)
          .reversed()
          .thenComparing(CommonText::smallestId, Utf8Order.ASCENDING);
}
