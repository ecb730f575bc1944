package dev.attune.pipeline.nearness;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The shingles of a template, which are left out where a text that is in it is compared. A template
 * may hold smaller ones: then more is left out among the texts of each of those.
 *
 * @param levels what is left out first, what besides that in the smaller template, and so on; empty
 *     for a text that is in no template
 */
public record LeftOut(List<Shingles> levels) implements Serializable {
  /** Of a text that is in no template. */
  public static final LeftOut NONE = new LeftOut(List.of());

  public LeftOut {
    levels = List.copyOf(levels);
  }

  public boolean isNothing() {
    return levels.isEmpty();
  }

  /** This and one more level. */
  public LeftOut and(Shingles more) {
    List<Shingles> all = new ArrayList<>(levels);
    all.add(more);
    return new LeftOut(all);
  }

  /** All levels together. */
  public Shingles all() {
    Shingles all = Shingles.NONE;
    for (Shingles level : levels) {
      all = all.with(level);
    }
    return all;
  }

  /**
   * Whether two texts are near in prompt or whole text, and are still so on each level without what
   * is left out there.
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
