package dev.attune.pipeline.split;

import java.io.Serializable;
import java.util.Arrays;

/** The root of every joined node: 16 bytes a node, looked up by bisection. */
final class Roots implements Serializable {
  private static final long serialVersionUID = 1L;

  static final Roots NONE = new Roots(new long[0], new long[0]);

  private final long[] nodes;
  private final long[] roots;

  /**
   * @param nodes in ascending order
   * @param roots of each of them
   */
  Roots(long[] nodes, long[] roots) {
    this.nodes = nodes;
    this.roots = roots;
  }

  long root(long node) {
    int at = Arrays.binarySearch(nodes, node);
    return at < 0 ? node : roots[at];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Roots that
        && Arrays.equals(nodes, that.nodes)
        && Arrays.equals(roots, that.roots);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(nodes) + Arrays.hashCode(roots);
  }
}
