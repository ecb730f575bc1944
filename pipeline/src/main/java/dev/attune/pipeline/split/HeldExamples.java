package dev.attune.pipeline.split;

import dev.attune.pipeline.example.Key128;
import java.io.Serializable;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/** Indexes the examples in validation by their contents. At most 5,000 examples. */
public final class HeldExamples implements Serializable {
  private static final long serialVersionUID = 1L;

  private final HashMap<Key128, Held> byContent = new HashMap<>();

  /** Indexes examples, without {@link Held#NONE}. */
  public static HeldExamples of(Iterable<Held> examples) {
    HeldExamples all = new HeldExamples();
    examples.forEach(all::add);
    return all;
  }

  private void add(Held held) {
    if (!held.equals(Held.NONE)) {
      byContent.put(held.content(), held);
    }
  }

  /** Returns the example in validation with this content, or null. */
  public @Nullable Held find(Key128 content) {
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
