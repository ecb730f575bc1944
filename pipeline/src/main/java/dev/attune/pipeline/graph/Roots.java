package dev.attune.pipeline.graph;

import dev.attune.pipeline.example.Join;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

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
