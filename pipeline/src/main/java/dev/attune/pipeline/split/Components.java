package dev.attune.pipeline.split;

import dev.attune.pipeline.example.Join;
import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import java.util.Arrays;

/**
 * The connected components of the joined nodes: union-find with path halving. Nodes that no join
 * names are components of their own and take no memory.
 */
final class Components {
  /** 16 bytes a node in the map at a load of 3/4, twice while it grows: about 1 GB. */
  static final int MAXIMUM_NODES = 20_000_000;

  private final Long2LongOpenHashMap parents = new Long2LongOpenHashMap();

  void join(Join join) {
    long a = root(join.a());
    long b = root(join.b());
    if (a != b) {
      // The smaller node becomes the root, so that roots do not depend on the order of joins.
      parents.put(Math.max(a, b), Math.min(a, b));
    }
  }

  /** Whether no more joins are taken. */
  boolean full() {
    return parents.size() >= MAXIMUM_NODES;
  }

  /** The root of the component that the node is in. */
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

  /** What every joined node's root is. */
  Roots roots() {
    long[] nodes = parents.keySet().toLongArray();
    Arrays.sort(nodes);
    long[] roots = new long[nodes.length];
    for (int i = 0; i < nodes.length; i++) {
      roots[i] = root(nodes[i]);
    }
    return new Roots(nodes, roots);
  }
}
