package dev.attune.pipeline.judge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What hangs together, by name. */
final class DisjointSets {
  private final Map<String, String> above = new LinkedHashMap<>();

  String root(String name) {
    String root = name;
    for (String next = above.get(root); next != null; next = above.get(root)) {
      root = next;
    }
    String each = name;
    while (!each.equals(root)) {
      String next = above.put(each, root);
      each = next == null ? root : next;
    }
    return root;
  }

  void join(String one, String other) {
    String root = root(one);
    String otherRoot = root(other);
    if (!root.equals(otherRoot)) {
      above.put(root, otherRoot);
    }
  }

  boolean joined(String one, String other) {
    return root(one).equals(root(other));
  }

  /** The names, set by set. */
  Map<String, List<String>> sets(Iterable<String> names) {
    Map<String, List<String>> sets = new LinkedHashMap<>();
    for (String name : names) {
      sets.computeIfAbsent(root(name), root -> new ArrayList<>()).add(name);
    }
    return sets;
  }
}
