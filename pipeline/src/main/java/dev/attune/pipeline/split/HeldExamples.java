package dev.attune.pipeline.split;

import dev.attune.pipeline.example.Key128;
import java.io.Serializable;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/** All validation examples by their contents, at most 5,000. */
public final class HeldExamples implements Serializable {
  private static final long serialVersionUID = 1L;

  private final HashMap<Key128, Held> byContent = new HashMap<>();

  public void add(Held held) {
    if (!held.equals(Held.NONE)) {
      byContent.put(held.content(), held);
    }
  }

  /** Returns the example with this content, or null. */
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
