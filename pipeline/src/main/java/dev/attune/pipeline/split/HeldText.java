package dev.attune.pipeline.split;

import dev.attune.pipeline.nearness.ComparedShingles;
import dev.attune.pipeline.nearness.LeftOut;
import dev.attune.pipeline.nearness.Shingled;
import dev.attune.pipeline.nearness.Shingles;
import java.io.Serializable;

/**
 * An example of validation and what its text is compared by.
 *
 * @param common whether its prompt is common: then it is compared with nothing
 * @param leftOut what of the template that it is in is left out
 */
public record HeldText(Held held, ComparedShingles shingles, boolean common, LeftOut leftOut)
    implements Serializable {
  /** A placeholder, see {@link Held#NONE}. */
  static final HeldText NONE =
      new HeldText(Held.NONE, ComparedShingles.ofPrompt(Shingles.NONE), false, LeftOut.NONE);

  public static HeldText of(Held held, Shingled text) {
    return new HeldText(held, text.shingles(), text.common(), text.leftOut());
  }
}
