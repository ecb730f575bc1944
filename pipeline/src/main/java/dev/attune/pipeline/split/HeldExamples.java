package dev.attune.pipeline.split;

import dev.attune.pipeline.example.Key128;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Indexes the examples in validation by their contents. At most 5,000 examples. */
public record HeldExamples(Map<Key128, Held> byContent) {
  /** Indexes examples, without {@link Held#NONE}. */
  public static HeldExamples of(Iterable<Held> examples) {
    Map<Key128, Held> byContent = new HashMap<>();
    examples.forEach(held -> byContent.put(held.content(), held));
    byContent.remove(Held.NONE.content());
    return new HeldExamples(byContent);
  }

  /** Returns the example in validation with this content, or null. */
  public @Nullable Held find(Key128 content) {
    return byContent.get(content);
  }
}
