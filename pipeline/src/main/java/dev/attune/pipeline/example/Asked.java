package dev.attune.pipeline.example;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a record's prompt and dialogue, which are compared to find equal prompts and
 * beginnings of dialogues.
 *
 * @param dialogue the key of all its turns, or {@link Identity.Keys#NO_PROMPT} if it is too short
 *     to be the beginning of another one
 * @param beginnings the keys of its first two turns, first three turns and so on
 * @param node the node of its group, see {@link Join#node}
 * @param id the full id
 * @param carried the split of the previous dataset that it is in, or null
 * @param common whether it was common in the previous dataset: then it stays common, however many
 *     groups share it now
 */
public record Asked(
    Key128 prompt,
    Key128 dialogue,
    List<Beginning> beginnings,
    long node,
    String id,
    @Nullable Split carried,
    Commonness common) {
  public Asked {
    beginnings = List.copyOf(beginnings);
  }

  /**
   * The first turns of a dialogue.
   *
   * @param key the key of the turns
   * @param continuation the key of the same turns and the next one
   */
  public record Beginning(Key128 key, Key128 continuation) {}
}
