package dev.attune.pipeline.nearness;

import dev.attune.pipeline.example.Key128;
import org.jspecify.annotations.Nullable;

/**
 * The shingles of a content: records with equal contents have equal ones.
 *
 * @param content see {@link dev.attune.pipeline.example.Identity#content}
 * @param trained the full id of the example of the previous dataset's train.jsonl whose content it
 *     is, or null
 */
public record Shingled(Key128 content, Shingles shingles, @Nullable String trained) {
  /** Of a record that is read. */
  public Shingled(Key128 content, Shingles shingles) {
    this(content, shingles, null);
  }

  /** Its node where candidates are joined. Two contents that collide are compared, no more. */
  public long node() {
    return content.low();
  }
}
