package dev.attune.pipeline.nearness;

import dev.attune.pipeline.example.Key128;
import java.io.Serializable;
import java.util.HashMap;

/**
 * What is left out of the comparison of which contents: of a few thousand that are in templates.
 */
public final class LeftOutByContent implements Serializable {
  private static final long serialVersionUID = 1L;

  private final HashMap<Key128, LeftOut> byContent = new HashMap<>();

  /** Of one more content. Equal values are best given as the same object: it is kept once then. */
  public void put(Key128 content, LeftOut leftOut) {
    if (!leftOut.isNothing()) {
      byContent.put(content, leftOut);
    }
  }

  /** Takes all of another one. */
  public void putAll(LeftOutByContent other) {
    byContent.putAll(other.byContent);
  }

  /** Of this content. */
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
