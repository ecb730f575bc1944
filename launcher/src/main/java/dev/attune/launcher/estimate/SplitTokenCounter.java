package dev.attune.launcher.estimate;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.schema.ExampleLine;

/** Counts the tokens of one file, example by example. */
interface SplitTokenCounter {
  /** Counts one example more. */
  void add(ExampleLine line) throws CommandFailure;

  /** Nothing more will come. */
  void finish() throws CommandFailure;

  /** What the provider trains on, so far. */
  long records();

  /** Tokens of all records, once it is finished. */
  long tokens();
}
