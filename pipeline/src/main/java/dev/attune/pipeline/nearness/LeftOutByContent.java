package dev.attune.pipeline.nearness;

import dev.attune.pipeline.example.Key128;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/**
 * The template shingles that are ignored when a content is compared, for the few thousand contents
 * in templates.
 */
public record LeftOutByContent(Map<Key128, LeftOut> byContent) implements Serializable {
  /** Creates an empty map. */
  public LeftOutByContent() {
    this(new HashMap<>());
  }

  /** Adds a content. Pass equal values as one object: it is stored once. */
  public void put(Key128 content, LeftOut leftOut) {
    if (!leftOut.isNothing()) {
      byContent.put(content, leftOut);
    }
  }

  /** Adds the contents of another map. */
  public void putAll(LeftOutByContent other) {
    byContent.putAll(other.byContent);
  }

  /** Returns the shingles to leave out for a content. */
  public LeftOut of(Key128 content) {
    return byContent.getOrDefault(content, LeftOut.NONE);
  }
}
