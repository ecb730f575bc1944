package dev.attune.pipeline.nearness;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongArrays;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sets whose shingles are replaced by their positions in one order of all shingles, the rarest
 * first.
 *
 * @param sets the given sets, in the same order
 * @param firstShared the first position of a shingle that more than one set has
 */
public record RarestFirst(List<Shingles> sets, long firstShared) {
  /** Returns sets with their rarest shingles first. */
  public static RarestFirst of(List<Shingles> given) {
    Long2IntOpenHashMap counts = new Long2IntOpenHashMap();
    for (Shingles set : given) {
      for (long shingle : set.hashes()) {
        counts.addTo(shingle, 1);
      }
    }
    long[] inOrder = counts.keySet().toLongArray();
    LongArrays.quickSort(
        inOrder,
        (a, b) -> {
          int order = Integer.compare(counts.get(a), counts.get(b));
          return order == 0 ? Long.compare(a, b) : order;
        });
    int alone = 0;
    while (alone < inOrder.length && counts.get(inOrder[alone]) == 1) {
      alone++;
    }
    return new RarestFirst(replaced(given, inOrder), alone);
  }

  private static List<Shingles> replaced(List<Shingles> given, long[] inOrder) {
    Long2IntOpenHashMap places = new Long2IntOpenHashMap(inOrder.length);
    for (int place = 0; place < inOrder.length; place++) {
      places.put(inOrder[place], place);
    }
    List<Shingles> replaced = new ArrayList<>(given.size());
    for (Shingles set : given) {
      long[] shingles = new long[set.size()];
      for (int i = 0; i < shingles.length; i++) {
        shingles[i] = places.get(set.hashes()[i]);
      }
      Arrays.sort(shingles);
      replaced.add(Shingles.ofSorted(shingles));
    }
    return replaced;
  }

  public Shingles get(int number) {
    return sets.get(number);
  }
}
