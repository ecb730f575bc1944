package dev.attune.pipeline.write.proof;

import dev.attune.config.Task;
import dev.attune.pipeline.nearness.ComparedShingles;
import dev.attune.pipeline.nearness.ComparedText;
import dev.attune.pipeline.nearness.JoinedIndex;
import dev.attune.pipeline.nearness.LeftOutByContent;
import dev.attune.pipeline.nearness.Similarity;
import dev.attune.pipeline.write.part.LineageFrame;
import dev.attune.schema.ExampleLine;
import java.util.BitSet;

/**
 * Counts the training examples that are near a validation example, as units define nearness.
 * Examples with a common prompt are not compared, pairs of carried examples are not counted, and
 * shingles that were left out of templates are left out here. Add all validation examples first (at
 * most 5,000, kept in memory), then compare training examples.
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

  /** Adds a validation example. */
  void addValidation(ExampleLine line, LineageFrame frame) {
    if (!frame.common()) {
      carried.set(index.size(), frame.carried());
      index.add(ComparedShingles.of(ComparedText.of(line, task)), leftOut.of(frame.content()));
    }
  }

  /** Returns a counter for one thread; call it after all validation examples were added. */
  Count count() {
    return new Count(index.copy());
  }

  /** Counts near training examples in one thread. */
  final class Count {
    private final JoinedIndex validation;
    private long near;

    private Count(JoinedIndex validation) {
      this.validation = validation;
    }

    /** Compares a training example. */
    void compare(ExampleLine line, LineageFrame frame) {
      if (!frame.common() && validation.size() > 0) {
        boolean[] found = new boolean[1];
        validation
            .find(ComparedText.of(line, task))
            .forEach(example -> found[0] |= !frame.carried() || !carried.get(example));
        near += found[0] ? 1 : 0;
      }
    }

    long near() {
      return near;
    }
  }
}
