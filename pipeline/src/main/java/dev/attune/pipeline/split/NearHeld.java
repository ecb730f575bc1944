package dev.attune.pipeline.split;

import dev.attune.pipeline.example.Key128;
import java.io.Serializable;

/** A content that is near an example of validation, and is not in validation itself. */
record NearHeld(Key128 content, Held held) implements Serializable {
  /** None, see {@link Held#NONE}. */
  static final NearHeld NONE = new NearHeld(Held.NONE.content(), Held.NONE);
}
