package dev.attune.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one line of train.jsonl or valid.jsonl says, whatever the provider's format.
 *
 * @param system the system instruction, or null
 * @param turns the turns in order; in a valid example roles alternate, the first is the user's and
 *     the last is the model's answer
 */
public record ExampleLine(@Nullable String system, List<Turn> turns) {
  public ExampleLine {
    turns = List.copyOf(turns);
  }

  /** Returns the model's answer: the text of the last turn. */
  public String answer() {
    return turns.get(turns.size() - 1).text();
  }

  /** Returns a copy with another answer. */
  public ExampleLine withAnswer(String answer) {
    List<Turn> changed = new java.util.ArrayList<>(turns);
    changed.set(changed.size() - 1, Turn.model(answer));
    return new ExampleLine(system, changed);
  }
}
