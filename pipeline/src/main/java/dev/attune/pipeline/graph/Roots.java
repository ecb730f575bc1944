package dev.attune.pipeline.graph;

import dev.attune.pipeline.example.Join;
import java.io.Serializable;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** The root of every joined node: 17 bytes a node, looked up by bisection. */
public final class Roots implements Serializable {
  private static final long serialVersionUID = 1L;

  /** No joined nodes. */
  public static final Roots NONE = new Roots(new long[0], new long[0], new byte[0]);

  private final long[] nodes;
  private final long[] roots;
  private final byte[] causes;

  /**
   * @param nodes in ascending order
   * @param roots of each of them
   * @param causes of each of them: a bit for every cause of a join in its component
   */
  Roots(long[] nodes, long[] roots, byte[] causes) {
    this.nodes = nodes;
    this.roots = roots;
    this.causes = causes;
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

  /** Returns the causes of the joins in a node's component. */
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
