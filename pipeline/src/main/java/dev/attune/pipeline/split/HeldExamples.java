package dev.attune.pipeline.split;

import dev.attune.pipeline.example.Key128;
import java.io.Serializable;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/** All examples that are held back for validation, by their contents: at most 5,000. */
final class HeldExamples implements Serializable {
  private static final long serialVersionUID = 1L;

  private final HashMap<Key128, Held> byContent = new HashMap<>();

  /** Indexes examples, without {@link Held#NONE}. */
  static HeldExamples of(Iterable<Held> examples) {
    HeldExamples all = new HeldExamples();
    for (Held held : examples) {
      if (!held.equals(Held.NONE)) {
        all.byContent.put(held.content(), held);
      }
    }
    return all;
  }

  /** The example with this content, or null. */
  @Nullable Held find(Key128 content) {
    return byContent.get(content);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HeldExamples that && byContent.equals(that.byContent);
  }

  @Override
  public int hashCode() {
    return byContent.hashCode();
  }
}
