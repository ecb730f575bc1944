package dev.attune.launcher.evaluation.cost;

import dev.attune.catalog.TokenEstimate;
import dev.attune.launcher.evaluation.Question;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Turn;
import java.util.List;

/**
 * Tokens of questions and of the answers to them, by {@link TokenEstimate}, and {@value #PADDING}
 * for the frame. Media are not counted. An answer counts as long as the true one; nobody knows how
 * much a model will say.
 *
 * @param input of what is asked: system instruction and all turns but the last
 * @param output of what is answered
 */
record QuestionTokens(long input, long output) {
  /** As for a record of tuning; Google's notebook adds as much. */
  private static final int PADDING = 8;

  static QuestionTokens of(List<Question> questions) {
    long input = 0;
    long output = 0;
    for (Question question : questions) {
      ExampleLine example = question.example();
      String system = example.system();
      long units = system == null ? 0 : TokenEstimate.units(system);
      List<Turn> turns = example.turns();
      for (Turn turn : turns.subList(0, turns.size() - 1)) {
        units += TokenEstimate.units(turn.text());
      }
      input += tokens(units);
      output += tokens(TokenEstimate.units(example.answer()));
    }
    return new QuestionTokens(input, output);
  }

  private static long tokens(long units) {
    return TokenEstimate.tokens(units) + PADDING;
  }
}
