package dev.attune.launcher.evaluation.cost;

import dev.attune.catalog.TokenEstimate;
import dev.attune.launcher.evaluation.question.Question;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Turn;
import java.util.List;

/**
 * Estimated tokens of questions and answers by {@link TokenEstimate}, plus {@value #PADDING} per
 * text. Media are not counted. Answers are assumed to be as long as the true ones.
 *
 * @param input tokens of system instructions and all turns but the last
 * @param output tokens of the answers
 */
record QuestionTokens(long input, long output) {
  /** Extra tokens per text, the value in Google's notebook for tuning. */
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
