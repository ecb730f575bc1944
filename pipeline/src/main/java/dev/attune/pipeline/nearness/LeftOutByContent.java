package dev.attune.pipeline.nearness;

import dev.attune.pipeline.example.Key128;
import java.io.Serializable;
import java.util.HashMap;

/**
 * The template shingles that are ignored when a content is compared, for the few thousand contents
 * in templates.
 */
public final class LeftOutByContent implements Serializable {
  private static final long serialVersionUID = 1L;

  private final HashMap<Key128, LeftOut> byContent = new HashMap<>();

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

  @Override
  public boolean equals(Object other) {
    return other instanceof LeftOutByContent that && byContent.equals(that.byContent);
  }

  @Override
  public int hashCode() {
    return byContent.hashCode();
  }

  @Override
  public String toString() {
    return byContent.size() + " contents in templates";
  }
}
