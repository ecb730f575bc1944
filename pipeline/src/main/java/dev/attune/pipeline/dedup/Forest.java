package dev.attune.pipeline.dedup;

/**
 * Union-find over the numbers from 0, with path halving. The smallest number of a tree is its root.
 */
final class Forest {
  private final int[] parents;

  Forest(int size) {
    parents = new int[size];
    for (int i = 0; i < size; i++) {
      parents[i] = i;
    }
  }

  int root(int of) {
    int at = of;
    while (parents[at] != at) {
      parents[at] = parents[parents[at]];
      at = parents[at];
    }
    return at;
  }

  boolean together(int a, int b) {
    return root(a) == root(b);
  }

  /** Joins two numbers and returns whether they were in different trees. */
  boolean join(int a, int b) {
    int rootOfA = root(a);
    int rootOfB = root(b);
    parents[Math.max(rootOfA, rootOfB)] = Math.min(rootOfA, rootOfB);
    return rootOfA != rootOfB;
  }
}
