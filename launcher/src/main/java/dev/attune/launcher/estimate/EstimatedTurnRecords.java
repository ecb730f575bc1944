package dev.attune.launcher.estimate;

import dev.attune.catalog.TokenEstimate;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Role;
import dev.attune.schema.Turn;

/**
 * Implements {@link TokenMethod#TURN_RECORDS_ESTIMATED}. As in Google's notebook on token counts
 * and costs of supervised tuning (generative-ai, gemini/tuning), each turn of the model is a record
 * that contains all turns before it.
 */
final class EstimatedTurnRecords extends SplitTokenCounter {
  /** The notebook's ESTIMATE_PADDING_TOKEN_PER_EXAMPLE. */
  static final int PADDING_TOKENS = 8;

  @Override
  void add(ExampleLine line) {
    String system = line.system();
    long units = system == null ? 0 : TokenEstimate.units(system);
    for (Turn turn : line.turns()) {
      units += TokenEstimate.units(turn.text());
      if (turn.role() == Role.MODEL) {
        count(1, TokenEstimate.tokens(units) + PADDING_TOKENS);
      }
    }
  }
}
