package dev.attune.pipeline.nearness;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Finds exactly which of a few thousand sets are near to another one, with an index from each
 * shingle to the sets that have it. A set that lacks too many of the indexed shingles is near to
 * none; for most texts this is clear after a fifth of their shingles. Not thread-safe because of
 * its tables of counts; {@link #copy} shares the rest. Memory: about 20 bytes for each shingle of
 * each set.
 */
final class NearIndex {
  private final Similarity similarity;
  private final Long2ObjectOpenHashMap<IntArrayList> setsByShingle;
  private final List<Shingles> sets;
  private int[] shared = new int[0];
  private final IntArrayList sharing = new IntArrayList();
  private long[] missing = new long[0];

  /** Receives the number of a set and how many shingles it shares with the searched one. */
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

  /** Returns a copy for another thread. No set may be added to either of them afterwards. */
  NearIndex copy() {
    return new NearIndex(similarity, setsByShingle, sets);
  }

  /** Adds a set. The first one has number 0. */
  void add(Shingles set) {
    for (long shingle : set.hashes()) {
      setsByShingle.computeIfAbsent(shingle, s -> new IntArrayList(1)).add(sets.size());
    }
    sets.add(set);
  }

  /** Returns the number of sets. */
  int size() {
    return sets.size();
  }

  Shingles get(int set) {
    return sets.get(set);
  }

  /** Passes on the numbers of the sets that are near to a set, in no order. */
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

  /** Passes on each set that shares shingles with a set, in no order. */
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
   * Returns whether a text may be near to one of the sets. Computes only as many of its shingles as
   * needed.
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
