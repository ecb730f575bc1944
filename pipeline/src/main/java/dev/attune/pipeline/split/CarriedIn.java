package dev.attune.pipeline.split;

import dev.attune.pipeline.example.Split;
import org.jspecify.annotations.Nullable;

/**
 * The files of the previous dataset in which a unit has examples. A unit that must go to training
 * because its prompt is common counts as having examples in training.
 */
enum CarriedIn {
  /** In neither file: all examples are new, and the plan decides. */
  NEITHER,
  /** In training: new records of the unit go there, too. */
  TRAINING,
  /** In validation: new records of the unit go there, too, or are rejected. */
  VALIDATION,
  /** In both files: new records of the unit are rejected. */
  BOTH;

  /**
   * Returns the value with one more example of the unit.
   *
   * @param carried the split of the previous dataset that the example is in, or null
   */
  CarriedIn and(@Nullable Split carried) {
    if (carried == null || this == BOTH) {
      return this;
    }
    CarriedIn in = carried == Split.TRAINING ? TRAINING : VALIDATION;
    return this == NEITHER || this == in ? in : BOTH;
  }
}
