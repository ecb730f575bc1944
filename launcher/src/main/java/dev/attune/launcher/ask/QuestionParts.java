package dev.attune.launcher.ask;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.console.keyboard.TypedInput;
import dev.attune.models.ModelTurn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the parts of a question: its files in their order, then its text. */
public final class QuestionParts {
  private static final String STANDARD_INPUT = "-";

  private QuestionParts() {}

  /**
   * Returns the parts; empty if there is neither a file nor a text that is not blank.
   *
   * @param text as typed, {@code -} for the standard input, or null
   * @param files as typed
   */
  public static List<ModelTurn.Part> of(
      @Nullable String text, List<String> files, TypedInput input, Shell shell)
      throws CommandFailure, IOException {
    List<ModelTurn.Part> parts = ofFiles(files, shell);
    String asked = text;
    if (STANDARD_INPUT.equals(text)) {
      asked = AttachedFile.text(input.bytes(AttachedFile.MOST_TEXT + 1), "The standard input");
      if (asked.isBlank()) {
        return List.of();
      }
    }
    if (asked != null && !asked.isBlank()) {
      parts.add(new ModelTurn.Text(asked));
    }
    return parts;
  }

  /** Returns the parts for files in their order. */
  public static List<ModelTurn.Part> ofFiles(List<String> files, Shell shell)
      throws CommandFailure, IOException {
    List<ModelTurn.Part> parts = new ArrayList<>();
    for (String file : files) {
      parts.add(AttachedFile.read(file, shell));
    }
    return parts;
  }
}
