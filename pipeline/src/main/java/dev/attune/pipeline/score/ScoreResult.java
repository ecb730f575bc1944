package dev.attune.pipeline.score;

import dev.attune.pipeline.example.Example;

/** The result of scoring an example. */
public sealed interface ScoreResult {

  /** The example is kept, with its quality if its source is scored. */
  record Kept(Example example) implements ScoreResult {}

  /** The quality is below the minimum; the detail has both. */
  record TooLow(String detail) implements ScoreResult {}
}
