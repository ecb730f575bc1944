package dev.attune.pipeline.split;

import dev.attune.pipeline.example.Key128;
import java.io.Serializable;

/**
 * An example that is held back for validation.
 *
 * @param content its key
 * @param id its full id
 * @param order of its unit
 * @param carried whether it is carried over: then it stays, whatever it is near to
 */
public record Held(Key128 content, String id, long order, boolean carried) implements Serializable {
  /** A placeholder, so that no grouped collection is empty. */
  static final Held NONE = new Held(new Key128(0, 0), "", 0, false);
}
