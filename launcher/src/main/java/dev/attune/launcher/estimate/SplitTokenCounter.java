package dev.attune.launcher.estimate;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.schema.ExampleLine;

/** Counts the tokens of train.jsonl or valid.jsonl, example by example. */
abstract class SplitTokenCounter {
  private long records;
  private long tokens;

  /** Counts the tokens of an example. */
  abstract void add(ExampleLine line) throws CommandFailure;

  /** Counts examples that were collected to be counted together; called after the last one. */
  void finish() throws CommandFailure {}

  /** Adds records that the provider trains on. */
  final void count(long moreRecords, long moreTokens) {
    records += moreRecords;
    tokens += moreTokens;
  }

  final long records() {
    return records;
  }

  final long tokens() {
    return tokens;
  }
}
