package dev.attune.pipeline.nearness;

import dev.attune.config.Task;
import dev.attune.pipeline.text.NormalForm;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Turn;
import java.util.ArrayList;
import java.util.List;

/**
 * What of an example is compared with others for nearness: the normal forms of its turns, without
 * the system instruction; in a classification dataset without the answer, which is categories. A
 * turn's media stand before its text, each URI a word.
 */
public final class ComparedText {
  private ComparedText() {}

  /** The normal forms of the turns that are compared, in order. */
  public static List<String> normalForms(ExampleLine line, Task task) {
    int compared = line.turns().size() - (task == Task.CLASSIFICATION ? 1 : 0);
    List<String> forms = new ArrayList<>(compared);
    for (Turn turn : line.turns().subList(0, compared)) {
      forms.add(NormalForm.of(turn.text()));
    }
    return forms;
  }

  /** The text that is compared. */
  public static String of(ExampleLine line, Task task) {
    return of(line.turns(), normalForms(line, task));
  }

  /**
   * The same of normal forms that are at hand.
   *
   * @param normalForms of the first turns, as many as are compared
   */
  public static String of(List<Turn> turns, List<String> normalForms) {
    if (normalForms.size() == 1 && turns.get(0).media().isEmpty()) {
      return normalForms.get(0);
    }
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < normalForms.size(); i++) {
      parts.addAll(turns.get(i).media());
      parts.add(normalForms.get(i));
    }
    return String.join(" ", parts);
  }
}
