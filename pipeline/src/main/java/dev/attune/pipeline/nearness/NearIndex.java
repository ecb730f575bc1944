package dev.attune.pipeline.nearness;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Finds, exactly, which of a few thousand sets another one is near to: from each shingle to the
 * sets that have it. A set that lacks too many of all shingles in here is near none of them, which
 * most texts show after a fifth of theirs. Not thread-safe: it counts in tables of its own; {@link
 * #copy} shares the rest. Memory: about 20 bytes for each shingle of each set.
 */
final class NearIndex {
  private final Similarity similarity;
  private final Long2ObjectOpenHashMap<IntArrayList> setsByShingle;
  private final List<Shingles> sets;
  private int[] shared = new int[0];
  private final IntArrayList sharing = new IntArrayList();
  private long[] missing = new long[0];

  /** Told of a set that shares so many shingles with the one that is asked about. */
  @FunctionalInterface
  interface Sharing {
    void found(int set, int shared);
  }

  NearIndex(Similarity similarity) {
    this(similarity, new Long2ObjectOpenHashMap<>(), new ArrayList<>());
  }

  private NearIndex(
      Similarity similarity,
      Long2ObjectOpenHashMap<IntArrayList> setsByShingle,
      List<Shingles> sets) {
    this.similarity = similarity;
    this.setsByShingle = setsByShingle;
    this.sets = sets;
  }

  /** The same sets, for another thread; nothing may be added to either any more. */
  NearIndex copy() {
    return new NearIndex(similarity, setsByShingle, sets);
  }

  /** Adds a set; its number is how many there were. */
  void add(Shingles set) {
    for (long shingle : set.hashes()) {
      setsByShingle.computeIfAbsent(shingle, s -> new IntArrayList(1)).add(sets.size());
    }
    sets.add(set);
  }

  /** How many sets there are. */
  int size() {
    return sets.size();
  }

  /** The set with this number. */
  Shingles get(int set) {
    return sets.get(set);
  }

  /** Tells the numbers of the sets that this one is near to, in no order; most often none. */
  void findNear(Shingles set, IntConsumer near) {
    int missesLeft = similarity.mostMissing(set.size());
    for (long shingle : set.hashes()) {
      if (!setsByShingle.containsKey(shingle) && --missesLeft < 0) {
        return;
      }
    }
    findSharing(
        set,
        (found, inBoth) -> {
          if (similarity.isNear(inBoth, set.size(), sets.get(found).size())) {
            near.accept(found);
          }
        });
  }

  /** Tells of each set that has shingles of this one, in no order. */
  void findSharing(Shingles set, Sharing with) {
    if (shared.length < sets.size()) {
      shared = new int[sets.size()];
    }
    for (long shingle : set.hashes()) {
      IntArrayList having = setsByShingle.get(shingle);
      for (int i = 0; having != null && i < having.size(); i++) {
        int number = having.getInt(i);
        if (shared[number]++ == 0) {
          sharing.add(number);
        }
      }
    }
    for (int i = 0; i < sharing.size(); i++) {
      int number = sharing.getInt(i);
      with.found(number, shared[number]);
    }
    for (int i = 0; i < sharing.size(); i++) {
      shared[sharing.getInt(i)] = 0;
    }
    sharing.clear();
  }

  /**
   * Whether a text whose shingles are not at hand may be near one of the sets: most often few of
   * them have to be made to see that it is not.
   */
  boolean mayBeNear(String text) {
    ShingleScan scan = new ShingleScan(text);
    // A set is not larger than the scan is long, so it may miss no more than this.
    int most = similarity.mostMissing(scan.count());
    if (missing.length <= most) {
      missing = new long[most + 1];
    }
    int misses = 0;
    while (scan.hasNext()) {
      long shingle = scan.next();
      if (!setsByShingle.containsKey(shingle) && !contains(missing, misses, shingle)) {
        missing[misses++] = shingle;
        if (misses > most) {
          return false;
        }
      }
    }
    return scan.count() > 0;
  }

  private static boolean contains(long[] values, int count, long value) {
    for (int i = 0; i < count; i++) {
      if (values[i] == value) {
        return true;
      }
    }
    return false;
  }
}
