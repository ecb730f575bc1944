package dev.attune.pipeline.split;

import dev.attune.pipeline.example.Key128;
import java.io.Serializable;

/**
 * An example in validation.
 *
 * @param content the key of its content
 * @param id the full id
 * @param orderHash that of its unit
 * @param carried whether it is carried over from the previous dataset, so that it always stays
 */
public record ValidationExample(Key128 content, String id, long orderHash, boolean carried)
    implements Serializable {
  /** A placeholder, so that no grouped collection is empty. */
  static final ValidationExample NONE = new ValidationExample(new Key128(0, 0), "", 0, false);
}
