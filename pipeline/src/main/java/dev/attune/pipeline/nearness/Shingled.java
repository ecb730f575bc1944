package dev.attune.pipeline.nearness;

import dev.attune.pipeline.example.Key128;

/**
 * The shingles of a content: records with equal contents have equal ones.
 *
 * @param content see {@link dev.attune.pipeline.example.Identity#content}
 */
public record Shingled(Key128 content, Shingles shingles) {
  /** Its node where candidates are joined. Two contents that collide are compared, no more. */
  public long node() {
    return content.low();
  }
}
