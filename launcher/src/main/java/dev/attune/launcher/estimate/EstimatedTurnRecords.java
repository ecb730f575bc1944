package dev.attune.launcher.estimate;

import dev.attune.catalog.TokenEstimate;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Role;
import dev.attune.schema.Turn;

/**
 * {@link TokenMethod#TURN_RECORDS_ESTIMATED}: the records are those of Google's notebook on token
 * counts and costs of supervised tuning (generative-ai, gemini/tuning), which counts everything
 * before a turn of the model again with each such turn.
 */
final class EstimatedTurnRecords implements SplitTokenCounter {
  /** The notebook's ESTIMATE_PADDING_TOKEN_PER_EXAMPLE. */
  static final int PADDING_TOKENS = 8;

  private long records;
  private long tokens;

  @Override
  public void add(ExampleLine line) {
    String system = line.system();
    long units = system == null ? 0 : TokenEstimate.units(system);
    for (Turn turn : line.turns()) {
      units += TokenEstimate.units(turn.text());
      if (turn.role() == Role.MODEL) {
        records++;
        tokens += TokenEstimate.tokens(units) + PADDING_TOKENS;
      }
    }
  }

  @Override
  public void finish() {
    // Nothing waits.
  }

  @Override
  public long records() {
    return records;
  }

  @Override
  public long tokens() {
    return tokens;
  }
}
