package dev.attune.pipeline.nearness;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The shingles of a template, which are ignored when a text of the template is compared. Templates
 * may be nested: each level is ignored among the texts of that level.
 */
public record LeftOut(List<Shingles> levels) implements Serializable {
  /** The value for a text that is in no template. */
  public static final LeftOut NONE = new LeftOut(List.of());

  public LeftOut {
    levels = List.copyOf(levels);
  }

  public boolean isNothing() {
    return levels.isEmpty();
  }

  /** Returns these levels and one more. */
  public LeftOut and(Shingles more) {
    List<Shingles> all = new ArrayList<>(levels);
    all.add(more);
    return new LeftOut(all);
  }

  /** Returns the shingles of all levels. */
  public Shingles all() {
    Shingles all = Shingles.NONE;
    for (Shingles level : levels) {
      all = all.with(level);
    }
    return all;
  }

  /**
   * Returns whether two texts are near in prompt or whole text, also without the shingles of each
   * level.
   */
  boolean leavesNear(ComparedShingles one, ComparedShingles other, Similarity least) {
    ComparedShingles a = one;
    ComparedShingles b = other;
    for (Shingles level : levels) {
      if (!a.isNearInPromptOrWhole(b, least)) {
        return false;
      }
      a = a.without(level);
      b = b.without(level);
    }
    return a.isNearInPromptOrWhole(b, least);
  }
}
