package dev.attune.pipeline.graph;

import dev.attune.pipeline.example.Join;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import java.util.Arrays;

/**
 * Computes the connected components of joined nodes by union-find with path halving. Nodes without
 * joins are their own components and take no memory.
 */
public final class Components {
  /**
   * The maximum number of joined nodes. A node takes 16 bytes at a load of 3/4, twice that while
   * the map grows: about 1 GB in all.
   */
  public static final int MAXIMUM_NODES = 20_000_000;

  private final Long2LongOpenHashMap parents = new Long2LongOpenHashMap();
  private final Long2IntOpenHashMap causesByRoot = new Long2IntOpenHashMap();

  /** Adds a join. The result does not depend on the order. */
  public void join(Join join) {
    long a = root(join.a());
    long b = root(join.b());
    if (a == b && !parents.containsKey(a)) {
      // Joins a node with itself.
      return;
    }
    // The smaller node becomes the root, so that roots do not depend on the order of joins.
    long root = Math.min(a, b);
    parents.put(Math.max(a, b), root);
    parents.put(root, root);
    int causes = bit(join.cause()) | causesByRoot.remove(a) | causesByRoot.remove(b);
    causesByRoot.put(root, causes);
  }

  // Writer and reader run the same version of the enum, and the bits are not stored.
  @SuppressWarnings("EnumOrdinal")
  static int bit(Join.Cause cause) {
    return 1 << cause.ordinal();
  }

  /** Returns whether the maximum of joined nodes is reached. */
  public boolean full() {
    return parents.size() >= MAXIMUM_NODES;
  }

  /** Returns the root of a node's component. */
  long root(long node) {
    long at = node;
    long parent = parents.getOrDefault(at, at);
    while (parent != at) {
      long grandparent = parents.getOrDefault(parent, parent);
      parents.put(at, grandparent);
      at = parent;
      parent = grandparent;
    }
    return at;
  }

  /** Returns the root of every joined node. */
  public Roots roots() {
    long[] nodes = parents.keySet().toLongArray();
    Arrays.sort(nodes);
    long[] roots = new long[nodes.length];
    byte[] causes = new byte[nodes.length];
    for (int i = 0; i < nodes.length; i++) {
      roots[i] = root(nodes[i]);
      causes[i] = (byte) causesByRoot.get(roots[i]);
    }
    return new Roots(nodes, roots, causes);
  }
}
