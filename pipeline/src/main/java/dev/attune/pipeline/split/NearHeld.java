package dev.attune.pipeline.split;

import dev.attune.pipeline.example.Key128;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A content that is near an example of validation, and is not in validation itself.
 *
 * @param trained the full id of the example with this content where it is carried over in training:
 *     then it is the other one that gives way; else null
 */
public record NearHeld(Key128 content, Held held, @Nullable String trained)
    implements Serializable {
  /** A placeholder, see {@link Held#NONE}. */
  static final NearHeld NONE = new NearHeld(Held.NONE.content(), Held.NONE, null);
}
