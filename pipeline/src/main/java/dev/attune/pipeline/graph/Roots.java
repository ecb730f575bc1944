package dev.attune.pipeline.graph;

import dev.attune.pipeline.example.Join;
import dev.attune.pipeline.example.Key128;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** The root of every joined node, found by binary search. Memory: 17 bytes for each node. */
public final class Roots {
  /** No joined nodes. */
  public static final Roots NONE = new Roots(new long[0], new long[0], new byte[0]);

  private final long[] nodes;
  private final long[] roots;
  private final byte[] causes;

  /**
   * @param nodes in ascending order
   * @param roots the root of each node
   * @param causes for each node one bit for every cause of a join in its component
   */
  public Roots(long[] nodes, long[] roots, byte[] causes) {
    this.nodes = nodes;
    this.roots = roots;
    this.causes = causes;
  }

  /** Returns the nodes in ascending order. The array must not be changed. */
  public long[] nodes() {
    return nodes;
  }

  /** Returns the root of each node. The array must not be changed. */
  public long[] roots() {
    return roots;
  }

  /** Returns the causes of each node, one bit for each cause. The array must not be changed. */
  public byte[] causes() {
    return causes;
  }

  /** Returns the root of a node's component. A node without joins is its own root. */
  public long root(long node) {
    int at = Arrays.binarySearch(nodes, node);
    return at < 0 ? node : roots[at];
  }

  /** Returns whether a node is joined with another one. */
  public boolean joined(long node) {
    return Arrays.binarySearch(nodes, node) >= 0;
  }

  /** Returns the causes of the joins in a node's component. Empty for a node without joins. */
  public Set<Join.Cause> causes(long node) {
    EnumSet<Join.Cause> set = EnumSet.noneOf(Join.Cause.class);
    int at = Arrays.binarySearch(nodes, node);
    for (Join.Cause cause : Join.Cause.values()) {
      if (at >= 0 && (causes[at] & Components.bit(cause)) != 0) {
        set.add(cause);
      }
    }
    return set;
  }

  /**
   * Gives these roots in parts, one for each bucket that has nodes.
   *
   * @param to takes a bucket and the roots of the nodes in it
   */
  public void inBuckets(int buckets, BiConsumer<Integer, Roots> to) {
    Map<Integer, IntArrayList> places = new HashMap<>();
    for (int i = 0; i < nodes.length; i++) {
      places
          .computeIfAbsent(new Key128(0, nodes[i]).bucket(buckets), bucket -> new IntArrayList())
          .add(i);
    }
    places.forEach((bucket, at) -> to.accept(bucket, at(at)));
  }

  /** Returns the root of one node only; {@link #NONE} if it has no joins. */
  public Roots only(long node) {
    int at = Arrays.binarySearch(nodes, node);
    return at < 0 ? NONE : at(IntArrayList.of(at));
  }

  private Roots at(IntArrayList places) {
    Roots some =
        new Roots(new long[places.size()], new long[places.size()], new byte[places.size()]);
    for (int i = 0; i < places.size(); i++) {
      some.nodes[i] = nodes[places.getInt(i)];
      some.roots[i] = roots[places.getInt(i)];
      some.causes[i] = causes[places.getInt(i)];
    }
    return some;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Roots that
        && Arrays.equals(nodes, that.nodes)
        && Arrays.equals(roots, that.roots)
        && Arrays.equals(causes, that.causes);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(nodes) + Arrays.hashCode(roots);
  }
}
