package dev.attune.pipeline.split;

import dev.attune.pipeline.example.Key128;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Indexes the examples in validation by their contents. At most 5,000 examples. */
public record ValidationExamples(Map<Key128, ValidationExample> byContent) {
  /** Indexes examples, without {@link ValidationExample#NONE}. */
  public static ValidationExamples of(Iterable<ValidationExample> examples) {
    Map<Key128, ValidationExample> byContent = new HashMap<>();
    examples.forEach(example -> byContent.put(example.content(), example));
    byContent.remove(ValidationExample.NONE.content());
    return new ValidationExamples(byContent);
  }

  /** Returns the example in validation with this content, or null. */
  public @Nullable ValidationExample find(Key128 content) {
    return byContent.get(content);
  }
}
