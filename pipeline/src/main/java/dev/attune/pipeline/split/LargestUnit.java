package dev.attune.pipeline.split;

import dev.attune.pipeline.example.Join;
import dev.attune.pipeline.example.Utf8Order;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The unit with the most examples; of several that have as many, the one with the smallest cluster.
 *
 * @param root of its nodes
 * @param examples how many survive in it
 * @param groups how many groups they are of
 * @param cluster the smallest full id in it
 */
record LargestUnit(long root, int examples, int groups, String cluster) implements Serializable {
  LargestUnit or(LargestUnit other) {
    int order = Integer.compare(other.examples, examples);
    if (order == 0) {
      order = Utf8Order.ASCENDING.compare(cluster, other.cluster);
    }
    return order <= 0 ? this : other;
  }

  /** Whether it is most of a dataset: more than half of its examples, and more than one. */
  boolean isMostOf(long allExamples) {
    return examples > 1 && 2L * examples > allExamples;
  }

  /** What a person should know of it. */
  String sentence(long allExamples, Set<Join.Cause> causes) {
    List<String> by = new ArrayList<>();
    if (causes.contains(Join.Cause.NEARNESS)) {
      by.add("near texts");
    }
    if (causes.contains(Join.Cause.PARENT)) {
      by.add("parents");
    }
    if (causes.contains(Join.Cause.DUPLICATE)) {
      by.add("exact duplicates");
    }
    String joined =
        groups == 1
            ? "of one group"
            : String.format(Locale.ROOT, "of %d groups, joined by %s", groups, inWords(by));
    return String.format(
        Locale.ROOT,
        "%d of %d examples are one unit, which the split cannot divide: that of %s, %s.",
        examples,
        allExamples,
        cluster,
        joined);
  }

  private static String inWords(List<String> names) {
    int last = names.size() - 1;
    return last < 1
        ? String.join("", names)
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }
}
