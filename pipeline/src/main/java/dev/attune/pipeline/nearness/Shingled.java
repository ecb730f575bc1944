package dev.attune.pipeline.nearness;

import dev.attune.pipeline.example.Identity;
import dev.attune.pipeline.example.Key128;
import org.jspecify.annotations.Nullable;

/**
 * The shingles of a content: records with equal contents have equal ones.
 *
 * @param content see {@link dev.attune.pipeline.example.Identity#content}
 * @param prompt its prompt key, see {@link dev.attune.pipeline.example.Identity.Keys#prompt}
 * @param trained the full id of the example in the train.jsonl of the previous dataset that has
 *     this content, or null
 * @param common whether the prompt is common: the record may still be dropped as a near duplicate,
 *     but is not joined with near records
 * @param leftOut the shingles of its template, which are ignored in comparisons
 */
public record Shingled(
    Key128 content,
    Key128 prompt,
    ComparedShingles shingles,
    @Nullable String trained,
    boolean common,
    LeftOut leftOut) {
  /** Creates the shingles of a record that was read. */
  public Shingled(Key128 content, ComparedShingles shingles) {
    this(content, Identity.Keys.NO_PROMPT, shingles, null, false, LeftOut.NONE);
  }

  /** Returns a copy that is marked as having a common prompt. */
  public Shingled asCommon() {
    return new Shingled(content, prompt, shingles, trained, true, leftOut);
  }

  /**
   * Returns its node in the graph of candidates. If two contents collide, they are compared; this
   * is harmless.
   */
  public long node() {
    return content.low();
  }
}
