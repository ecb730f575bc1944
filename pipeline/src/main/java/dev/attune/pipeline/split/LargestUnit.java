package dev.attune.pipeline.split;

import static dev.attune.page.FigureText.count;

import dev.attune.message.Messages;
import dev.attune.pipeline.example.Join;
import dev.attune.pipeline.example.Utf8Order;
import dev.attune.schema.Printable;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The unit with the most examples. Of several such units, the one with the smallest cluster.
 *
 * @param root the root of its nodes
 * @param examples the number of kept examples in it
 * @param groups the number of groups that these examples belong to
 * @param cluster the smallest full id in it
 */
record LargestUnit(long root, int examples, int groups, String cluster) implements Serializable {
  private static final int LONGEST_ID = 80;

  LargestUnit or(LargestUnit other) {
    int order = Integer.compare(other.examples, examples);
    if (order == 0) {
      order = Utf8Order.ASCENDING.compare(cluster, other.cluster);
    }
    return order <= 0 ? this : other;
  }

  /** Returns whether the unit has more than one example and more than half of all examples. */
  boolean isMostOf(long allExamples) {
    return examples > 1 && 2L * examples > allExamples;
  }

  /** Returns the note for a unit that is most of a dataset. */
  String warning(long allExamples, Set<Join.Cause> causes) {
    return Messages.of(
        "pipeline.split.unit", count(examples), count(allExamples), joinedBy(causes), name());
  }

  /** Returns the sentence in the report of any dataset. */
  String sentence(long allExamples, Set<Join.Cause> causes) {
    return String.format(
        Locale.ROOT,
        "The largest unit (records that stay on one side of the split) has %,d of %,d examples,"
            + " %s; its smallest id is %s.",
        examples,
        allExamples,
        joinedBy(causes),
        name());
  }

  /** Returns the refusal for a unit that leaves no validation examples. */
  String refusal(long allExamples, Set<Join.Cause> causes) {
    return Messages.of(
        "pipeline.split.undivided", count(examples), count(allExamples), joinedBy(causes), name());
  }

  private String name() {
    return Printable.shortened(cluster, LONGEST_ID);
  }

  private String joinedBy(Set<Join.Cause> causes) {
    List<String> by = new ArrayList<>();
    for (Join.Cause cause : causes) {
      by.add(inWords(cause));
    }
    return groups == 1
        ? "from one group"
        : "from " + count(groups) + " groups joined by " + inWords(by);
  }

  private static String inWords(Join.Cause cause) {
    return switch (cause) {
      case PARENT -> "parents";
      case DUPLICATE -> "exact duplicates";
      case NEARNESS -> "near texts";
      case PROMPT -> "equal prompts";
      case BEGINNING -> "dialogues that begin with one another";
    };
  }

  private static String inWords(List<String> names) {
    int last = names.size() - 1;
    return last < 1
        ? String.join("", names)
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }
}
