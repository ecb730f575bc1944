package dev.attune.pipeline.split;

import dev.attune.pipeline.nearness.ComparedShingles;
import dev.attune.pipeline.nearness.LeftOut;
import dev.attune.pipeline.nearness.Shingled;
import dev.attune.pipeline.nearness.Shingles;
import java.io.Serializable;

/**
 * An example in validation and the shingles of its text.
 *
 * @param common whether its prompt is common, so that it is compared with no other text
 * @param leftOut the shingles of its template, which are ignored in comparisons
 */
public record ValidationText(
    ValidationExample example, ComparedShingles shingles, boolean common, LeftOut leftOut)
    implements Serializable {
  /** A placeholder, see {@link ValidationExample#NONE}. */
  static final ValidationText NONE =
      new ValidationText(
          ValidationExample.NONE, ComparedShingles.ofPrompt(Shingles.NONE), false, LeftOut.NONE);

  public static ValidationText of(ValidationExample example, Shingled text) {
    return new ValidationText(example, text.shingles(), text.common(), text.leftOut());
  }
}
