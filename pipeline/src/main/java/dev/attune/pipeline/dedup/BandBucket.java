package dev.attune.pipeline.dedup;

import dev.attune.pipeline.example.Join;
import dev.attune.pipeline.nearness.Signatures;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.ints.IntArrays;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Finds the candidate pairs in one bucket of bands: texts that agree in a band and whose sketches
 * may be near. Joins the candidates, so that connected texts will be compared in one place. In a
 * band of more than {@link #SMALL} texts, each text is compared only with the leaders, which are
 * the texts that were not joined with an earlier one; this avoids quadratic time. Memory: 48 bytes
 * for each band of a text.
 */
public final class BandBucket {
  /** In bands of up to this many texts every pair is checked. */
  static final int SMALL = 1_000;

  private static final int NONE = -1;

  private final Signatures signatures;
  private final LongArrayList bands = new LongArrayList();
  private final LongArrayList nodes = new LongArrayList();
  private final LongArrayList lower = new LongArrayList();
  private final LongArrayList upper = new LongArrayList();

  public BandBucket(Signatures signatures) {
    this.signatures = signatures;
  }

  /** Adds one band of a text. */
  public void add(BandEntry entry) {
    bands.add(entry.band());
    nodes.add(entry.node());
    lower.add(entry.lower());
    upper.add(entry.upper());
  }

  /** Passes on joins of the candidates of each band, as few as are needed to connect them. */
  public void join(Consumer<Join> joins) {
    int[] next = new int[bands.size()];
    Long2IntOpenHashMap lastOfBand = new Long2IntOpenHashMap();
    lastOfBand.defaultReturnValue(NONE);
    LongArrayList shared = new LongArrayList();
    for (int i = 0; i < next.length; i++) {
      next[i] = lastOfBand.put(bands.getLong(i), i);
      if (next[i] != NONE && next[next[i]] == NONE) {
        shared.add(bands.getLong(i));
      }
    }
    for (int i = 0; i < shared.size(); i++) {
      int[] members = members(lastOfBand.get(shared.getLong(i)), next);
      if (members.length > SMALL) {
        joinToLeaders(members, joins);
      } else if (members.length > 1) {
        joinPairs(members, joins);
      }
    }
  }

  /**
   * Returns the members of a band in the order of their nodes, each node once: equal texts arrive
   * once for each record.
   */
  private int[] members(int last, int[] next) {
    IntArrayList all = new IntArrayList();
    for (int i = last; i != NONE; i = next[i]) {
      all.add(i);
    }
    int[] members = all.toIntArray();
    IntArrays.quickSort(members, (a, b) -> Long.compare(nodes.getLong(a), nodes.getLong(b)));
    int distinct = 1;
    for (int i = 1; i < members.length; i++) {
      if (nodes.getLong(members[i]) != nodes.getLong(members[distinct - 1])) {
        members[distinct++] = members[i];
      }
    }
    return Arrays.copyOf(members, distinct);
  }

  private void joinPairs(int[] members, Consumer<Join> joins) {
    Forest forest = new Forest(members.length);
    for (int i = 1; i < members.length; i++) {
      for (int j = 0; j < i; j++) {
        if (!forest.together(i, j) && mayBeNear(members[i], members[j])) {
          join(i, j, members, forest, joins);
        }
      }
    }
  }

  private void joinToLeaders(int[] members, Consumer<Join> joins) {
    Forest forest = new Forest(members.length);
    IntArrayList leaders = new IntArrayList();
    for (int i = 0; i < members.length; i++) {
      boolean follows = false;
      for (int l = 0; l < leaders.size(); l++) {
        int leader = leaders.getInt(l);
        if (mayBeNear(members[i], members[leader])) {
          follows = true;
          join(i, leader, members, forest, joins);
        }
      }
      if (!follows) {
        leaders.add(i);
      }
    }
  }

  private void join(int i, int j, int[] members, Forest forest, Consumer<Join> joins) {
    if (forest.join(i, j)) {
      joins.accept(
          new Join(nodes.getLong(members[i]), nodes.getLong(members[j]), Join.Cause.NEARNESS));
    }
  }

  private boolean mayBeNear(int i, int j) {
    return signatures.mayBeNear(
        lower.getLong(i), upper.getLong(i), lower.getLong(j), upper.getLong(j));
  }
}
