package dev.attune.pipeline.dedup;

import dev.attune.pipeline.nearness.RareShingles;
import dev.attune.pipeline.nearness.RarestFirst;
import dev.attune.pipeline.nearness.Similarity;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import org.jspecify.annotations.Nullable;

/** Finds the first text in a group of kept texts whose set is near to another set. */
final class KeptGroup {
  /** Up to this many texts are compared one by one; more are indexed. */
  private static final int FEW = 16;

  private final RarestFirst sets;
  private final Similarity similarity;
  private final IntArrayList texts = new IntArrayList(1);
  private @Nullable RareShingles index;

  /** Creates an empty group over the sets of all texts. */
  KeptGroup(RarestFirst sets, Similarity similarity) {
    this.sets = sets;
    this.similarity = similarity;
  }

  /** Adds a text. Call in ascending order. */
  void add(int text) {
    texts.add(text);
    if (index != null) {
      index.add(texts.size() - 1, sets.get(text));
    } else if (texts.size() > FEW) {
      index = new RareShingles(similarity, sets.firstShared());
      for (int i = 0; i < texts.size(); i++) {
        index.add(i, sets.get(texts.getInt(i)));
      }
    }
  }

  /** Returns the first text below a bound that is near to a text, or the bound. */
  int firstNear(int text, int bound) {
    int first = bound;
    IntArrayList candidates = index == null ? null : index.candidates(sets.get(text));
    int count = candidates == null ? texts.size() : candidates.size();
    for (int i = 0; i < count; i++) {
      int other = texts.getInt(candidates == null ? i : candidates.getInt(i));
      if (other < first && sets.get(text).isNear(sets.get(other), similarity)) {
        first = other;
      }
    }
    return first;
  }
}
