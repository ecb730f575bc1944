package dev.attune.pipeline.split;

import dev.attune.pipeline.example.Key128;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A content outside validation that is near an example in validation.
 *
 * @param example the example in validation
 * @param trained the full id of the example with this content if it is carried over in training, or
 *     null. If not null, the validation example is rejected instead of it
 */
public record NearValidation(Key128 content, ValidationExample example, @Nullable String trained)
    implements Serializable {
  /** A placeholder, see {@link ValidationExample#NONE}. */
  static final NearValidation NONE =
      new NearValidation(ValidationExample.NONE.content(), ValidationExample.NONE, null);
}
