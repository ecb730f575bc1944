package dev.attune.pipeline.split;

import dev.attune.pipeline.example.Split;
import org.jspecify.annotations.Nullable;

/**
 * In which files of the previous dataset a unit has examples. A unit that belongs to training
 * because what it asks is common is one with examples there.
 */
enum CarriedIn {
  /** In none: the unit is all new, and goes where the plan says. */
  NEITHER,
  /** What is new in the unit goes to training, too. */
  TRAINING,
  /** What is new in the unit goes to validation, too, or nowhere. */
  VALIDATION,
  /** What is new in the unit has no place. */
  BOTH;

  /** This and one more example of the unit. */
  CarriedIn and(@Nullable Split carried) {
    if (carried == null || this == BOTH) {
      return this;
    }
    CarriedIn in = carried == Split.TRAINING ? TRAINING : VALIDATION;
    return this == NEITHER || this == in ? in : BOTH;
  }
}
