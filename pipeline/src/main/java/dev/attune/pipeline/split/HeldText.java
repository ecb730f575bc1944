package dev.attune.pipeline.split;

import dev.attune.pipeline.nearness.Shingles;
import java.io.Serializable;

/** An example of validation and the shingles of its text. */
record HeldText(Held held, Shingles shingles) implements Serializable {
  /** None, see {@link Held#NONE}. */
  static final HeldText NONE = new HeldText(Held.NONE, Shingles.of(""));
}
