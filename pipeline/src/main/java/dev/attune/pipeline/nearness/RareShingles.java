package dev.attune.pipeline.nearness;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds all texts that a text may be near to, by prefix filtering. If the shingles of all sets are
 * sorted in one order, two near sets share one of their first few shingles (Bayardo, Ma and
 * Srikant, 2007), and the positions of that shingle in both sets limit how many they can share
 * (Xiao, Wang, Lin and Yu, 2008). The rarest shingles come first, so that few texts share one by
 * chance. No near pair is missed. The sets must come from {@link RarestFirst}.
 */
public final class RareShingles {
  /** Up to this many postings of a shingle are searched one by one; more are put in a map. */
  private static final int FEW = 16;

  private final Similarity similarity;
  private final Long2ObjectOpenHashMap<List<Postings>> byShingle = new Long2ObjectOpenHashMap<>();
  private final Long2ObjectOpenHashMap<Long2ObjectOpenHashMap<Postings>> mapped =
      new Long2ObjectOpenHashMap<>();
  private final IntArrayList candidates = new IntArrayList();
  private final long firstShared;
  private int[] seenIn = new int[0];
  private int search;

  /** Texts of one size that have a shingle at one position. */
  private record Postings(int size, int place, IntArrayList texts) {}

  /** Creates an index without texts. */
  public RareShingles(Similarity similarity, long firstShared) {
    this.similarity = similarity;
    this.firstShared = firstShared;
  }

  /** Adds a text. Memory grows with the largest number. */
  public void add(int text, Shingles rareFirst) {
    if (text >= seenIn.length) {
      seenIn = Arrays.copyOf(seenIn, Math.max(text + 1, 2 * seenIn.length));
    }
    int size = rareFirst.size();
    for (int place = 0; place <= similarity.mostMissing(size) && place < size; place++) {
      long shingle = rareFirst.hashes()[place];
      if (shingle >= firstShared) {
        find(shingle, size, place).add(text);
      }
    }
  }

  private IntArrayList find(long shingle, int size, int place) {
    List<Postings> postings = byShingle.computeIfAbsent(shingle, s -> new ArrayList<>(1));
    if (postings.size() > FEW) {
      return findMapped(shingle, size, place, postings);
    }
    for (Postings each : postings) {
      if (each.size == size && each.place == place) {
        return each.texts;
      }
    }
    return add(size, place, postings).texts;
  }

  private IntArrayList findMapped(long shingle, int size, int place, List<Postings> postings) {
    Long2ObjectOpenHashMap<Postings> map = mapped.get(shingle);
    if (map == null) {
      map = new Long2ObjectOpenHashMap<>();
      for (Postings each : postings) {
        map.put(key(each.size, each.place), each);
      }
      mapped.put(shingle, map);
    }
    Postings found = map.get(key(size, place));
    if (found == null) {
      found = add(size, place, postings);
      map.put(key(size, place), found);
    }
    return found.texts;
  }

  private static long key(int size, int place) {
    return (long) size << Integer.SIZE | place;
  }

  private static Postings add(int size, int place, List<Postings> to) {
    Postings added = new Postings(size, place, new IntArrayList(1));
    to.add(added);
    return added;
  }

  /**
   * Returns how many postings {@link #candidates} would read, or any number above the limit if
   * there are more.
   */
  public long postings(Shingles rareFirst, long limit) {
    long count = 0;
    int size = rareFirst.size();
    for (int place = 0; place <= similarity.mostMissing(size) && place < size; place++) {
      List<Postings> postings = byShingle.get(rareFirst.hashes()[place]);
      for (int i = 0; postings != null && i < postings.size(); i++) {
        count += 1 + (mayBeNear(size, place, postings.get(i)) ? postings.get(i).texts.size() : 0);
        if (count > limit) {
          return count;
        }
      }
    }
    return count;
  }

  /**
   * Returns the added texts that may be near to a set, each once. The result is valid until the
   * next call.
   */
  public IntArrayList candidates(Shingles rareFirst) {
    candidates.clear();
    search++;
    int size = rareFirst.size();
    for (int place = 0; place <= similarity.mostMissing(size) && place < size; place++) {
      List<Postings> postings = byShingle.get(rareFirst.hashes()[place]);
      if (postings != null) {
        for (Postings each : postings) {
          if (mayBeNear(size, place, each)) {
            take(each.texts);
          }
        }
      }
    }
    return candidates;
  }

  /** Returns how many shingles two sets share at most if this is the first one that they share. */
  private boolean mayBeNear(int size, int place, Postings others) {
    int most = Math.min(size - place, others.size - others.place);
    return most >= similarity.leastShared(size, others.size);
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
