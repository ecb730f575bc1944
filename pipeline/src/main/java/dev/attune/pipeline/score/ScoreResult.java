package dev.attune.pipeline.score;

import dev.attune.pipeline.example.Example;

/** What became of an example at the score. */
public sealed interface ScoreResult {

  /** It goes on; with its quality where its source is scored. */
  record Kept(Example example) implements ScoreResult {}

  /** Its quality is below the minimum; the detail says both. */
  record TooLow(String detail) implements ScoreResult {}
}
