package dev.attune.pipeline.graph;

import dev.attune.pipeline.example.Join;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import java.util.Arrays;

/**
 * The connected components of the joined nodes: union-find with path halving. Nodes that no join
 * names are components of their own and take no memory.
 */
public final class Components {
  /** 16 bytes a node in the map at a load of 3/4, twice while it grows: about 1 GB. */
  public static final int MAXIMUM_NODES = 20_000_000;

  private final Long2LongOpenHashMap parents = new Long2LongOpenHashMap();
  private final Long2IntOpenHashMap causesByRoot = new Long2IntOpenHashMap();

  /** Takes a join; what comes out does not depend on their order. */
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

  // Both ends run the same jar, and nothing of it outlives the job.
  @SuppressWarnings("EnumOrdinal")
  static int bit(Join.Cause cause) {
    return 1 << cause.ordinal();
  }

  /** Whether no more joins are taken. */
  public boolean full() {
    return parents.size() >= MAXIMUM_NODES;
  }

  /** The root of the component that the node is in. */
  public long root(long node) {
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
