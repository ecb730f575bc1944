package dev.attune.pipeline.nearness;

import dev.attune.config.Task;
import dev.attune.pipeline.text.NormalForm;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Turn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text of an example that is compared for nearness: the normal forms of its turns, without the
 * system instruction. The media of a turn precede its text, each URI as a word.
 *
 * @param answer the last turn, or null in a classification dataset, whose answers are categories
 */
public record ComparedText(String prompt, @Nullable String answer) {
  /** Returns the normal forms of the compared turns, in order. */
  public static List<String> normalForms(ExampleLine line, Task task) {
    int compared = line.turns().size() - (task == Task.CLASSIFICATION ? 1 : 0);
    List<String> forms = new ArrayList<>(compared);
    for (Turn turn : line.turns().subList(0, compared)) {
      forms.add(NormalForm.of(turn.text()));
    }
    return forms;
  }

  /** Returns the compared text of an example. */
  public static ComparedText of(ExampleLine line, Task task) {
    return of(line.turns(), normalForms(line, task));
  }

  /** Returns the compared text of turns whose normal forms are known. */
  public static ComparedText of(List<Turn> turns, List<String> normalForms) {
    int prompts = turns.size() - 1;
    String prompt = text(turns, normalForms, 0, prompts);
    boolean answered = normalForms.size() > prompts;
    return new ComparedText(
        prompt, answered ? text(turns, normalForms, prompts, turns.size()) : null);
  }

  private static String text(List<Turn> turns, List<String> normalForms, int from, int to) {
    if (to - from == 1 && turns.get(from).media().isEmpty()) {
      return normalForms.get(from);
    }
    List<String> parts = new ArrayList<>();
    for (int i = from; i < to; i++) {
      parts.addAll(turns.get(i).media());
      parts.add(normalForms.get(i));
    }
    return String.join(" ", parts);
  }

  /** Returns prompt and answer as one text. */
  public String whole() {
    return answer == null ? prompt : prompt + " " + answer;
  }
}
