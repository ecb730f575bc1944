package dev.attune.pipeline.split;

import dev.attune.pipeline.example.Split;
import org.jspecify.annotations.Nullable;

/**
 * In which files of the previous dataset a unit has examples. A unit that belongs to training
 * because what it asks is common is one with examples there.
 */
enum CarriedIn {
  /** In neither: the unit is all new, and the plan decides. */
  NEITHER,
  /** New records of the unit go to training, too. */
  TRAINING,
  /** New records of the unit go to validation, too, or are rejected. */
  VALIDATION,
  /** New records of the unit are rejected. */
  BOTH;

  /** Returns the value after one more example of the unit. */
  CarriedIn and(@Nullable Split carried) {
    if (carried == null || this == BOTH) {
      return this;
    }
    CarriedIn in = carried == Split.TRAINING ? TRAINING : VALIDATION;
    return this == NEITHER || this == in ? in : BOTH;
  }
}
