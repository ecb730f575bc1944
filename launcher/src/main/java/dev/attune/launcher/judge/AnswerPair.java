package dev.attune.launcher.judge;

import dev.attune.schema.Turn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two answers to the same conversation. Its texts must be redacted: they are sent to judges.
 *
 * @param system the system instruction of the answers, or null
 * @param turns the conversation so far; the last turn is the user's
 * @param first an answer
 * @param second the other answer
 * @param wish what a person wrote about an earlier answer and the better one should heed, or null
 */
public record AnswerPair(
    @Nullable String system, List<Turn> turns, String first, String second, @Nullable String wish) {
  public AnswerPair {
    turns = List.copyOf(turns);
  }

  /** Returns the pair in the other order. */
  public AnswerPair swapped() {
    return new AnswerPair(system, turns, second, first, wish);
  }
}
