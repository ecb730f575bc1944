package dev.attune.pipeline.write;

import dev.attune.config.Task;
import dev.attune.pipeline.nearness.ComparedShingles;
import dev.attune.pipeline.nearness.ComparedText;
import dev.attune.pipeline.nearness.JoinedIndex;
import dev.attune.pipeline.nearness.LeftOutByContent;
import dev.attune.pipeline.nearness.Similarity;
import dev.attune.schema.ExampleLine;
import java.util.BitSet;

/**
 * Measures on lines that were written how many training examples are near one of validation, in the
 * sense in which units are joined. Of how they came there it knows what was left out of templates,
 * what is carried over (two such examples do not count), and what is common (that is compared with
 * nothing). All of validation is told first (at most 5,000 examples are held), then training.
 */
final class NearAcross {
  private final Task task;
  private final LeftOutByContent leftOut;
  private final JoinedIndex index;
  private final BitSet carried = new BitSet();

  NearAcross(Task task, Similarity similarity, LeftOutByContent leftOut) {
    this.task = task;
    this.leftOut = leftOut;
    this.index = new JoinedIndex(similarity);
  }

  /** An example of validation. */
  void hold(ExampleLine line, LineageFrame frame) {
    if (!frame.common()) {
      carried.set(index.size(), frame.carried());
      index.add(ComparedShingles.of(ComparedText.of(line, task)), leftOut.of(frame.content()));
    }
  }

  /** A count of what is near, for one thread; after all of validation was told. */
  Count count() {
    return new Count(index.copy());
  }

  /** Counts the training examples that are near one of validation. */
  final class Count {
    private final JoinedIndex held;
    private long near;

    private Count(JoinedIndex held) {
      this.held = held;
    }

    /** An example of training. */
    void compare(ExampleLine line, LineageFrame frame) {
      if (!frame.common() && held.size() > 0) {
        boolean[] found = new boolean[1];
        held.find(ComparedText.of(line, task))
            .forEach(example -> found[0] |= !frame.carried() || !carried.get(example));
        near += found[0] ? 1 : 0;
      }
    }

    long near() {
      return near;
    }
  }
}
