package dev.attune.pipeline.prompt;

import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.example.Utf8Order;
import java.io.Serializable;
import java.util.Comparator;

/**
 * A prompt, or a beginning of dialogues, that many groups share.
 *
 * @param key the key of the prompt or beginning
 * @param groups the number of groups that share it, more than {@link
 *     dev.attune.pipeline.graph.CommonPrompts#MOST_GROUPS}
 * @param records the number of records with this prompt or beginning, including duplicates
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
