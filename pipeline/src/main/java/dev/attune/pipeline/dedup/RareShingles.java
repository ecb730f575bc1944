package dev.attune.pipeline.dedup;

import dev.attune.pipeline.nearness.Shingles;
import dev.attune.pipeline.nearness.Similarity;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds all texts that a text may be near to, by prefixes: where all sets are in one order, two
 * that are near share one of their first few (Bayardo, Ma and Srikant, 2007), and where that one
 * stands in both bounds what they can share (Xiao, Wang, Lin and Yu, 2008). With the rarest first,
 * few texts share one by chance. No pair that is near is left out.
 */
final class RareShingles {
  private final Similarity similarity;
  private final Long2ObjectOpenHashMap<List<Postings>> byShingle = new Long2ObjectOpenHashMap<>();
  private final IntArrayList candidates = new IntArrayList();
  private final long firstShared;
  private final int[] seenIn;
  private int search;

  /** Texts of one size that have a shingle at one place. */
  private record Postings(int size, int place, IntArrayList texts) {}

  /**
   * @param texts how many there may be; their numbers are below it
   * @param firstShared the first shingle in the order that more than one text has
   */
  RareShingles(Similarity similarity, int texts, long firstShared) {
    this.similarity = similarity;
    this.firstShared = firstShared;
    this.seenIn = new int[texts];
  }

  /** Adds a text. */
  void add(int text, Shingles rareFirst) {
    int size = rareFirst.size();
    for (int place = 0; place <= similarity.mostMissing(size) && place < size; place++) {
      long shingle = rareFirst.hashes()[place];
      if (shingle >= firstShared) {
        find(byShingle.computeIfAbsent(shingle, s -> new ArrayList<>(1)), size, place).add(text);
      }
    }
  }

  private static IntArrayList find(List<Postings> postings, int size, int place) {
    for (Postings each : postings) {
      if (each.size == size && each.place == place) {
        return each.texts;
      }
    }
    IntArrayList texts = new IntArrayList(1);
    postings.add(new Postings(size, place, texts));
    return texts;
  }

  /** The texts added so far that this one may be near to, each once. Valid until the next call. */
  IntArrayList candidates(Shingles rareFirst) {
    candidates.clear();
    search++;
    int size = rareFirst.size();
    for (int place = 0; place <= similarity.mostMissing(size) && place < size; place++) {
      List<Postings> postings = byShingle.get(rareFirst.hashes()[place]);
      if (postings != null) {
        for (Postings each : postings) {
          // This shingle, if it is the first that they share, and all behind it.
          int most = Math.min(size - place, each.size - each.place);
          if (most >= similarity.leastShared(size, each.size)) {
            take(each.texts);
          }
        }
      }
    }
    return candidates;
  }

  private void take(IntArrayList texts) {
    for (int i = 0; i < texts.size(); i++) {
      int text = texts.getInt(i);
      if (seenIn[text] != search) {
        seenIn[text] = search;
        candidates.add(text);
      }
    }
  }
}
