package dev.attune.launcher.evaluation.question;

import dev.attune.bytes.Sha256;
import dev.attune.filesystem.LineReader;
import dev.attune.format.ExampleFormat;
import dev.attune.format.ExampleFormatException;
import dev.attune.format.provider.ExampleFormats;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.message.Messages;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the validation examples of a published dataset: at most 5,000. */
public final class Questions {
  private static final String CLASSIFICATION = "classification";
  private static final String CONVERSATION = "conversation";

  private Questions() {}

  /**
   * Returns the validation examples in the order of valid.jsonl; at least one.
   *
   * @throws CommandFailure if valid.jsonl is missing, changed or empty, or the dataset is not a
   *     classification dataset
   */
  public static List<Question> read(DatasetDirectory dataset, Shell shell)
      throws CommandFailure, IOException {
    String shown = shell.show(dataset.path());
    String task = dataset.manifest().identity().task();
    if (!task.equals(CLASSIFICATION)) {
      throw refusal(Messages.of("launcher.evaluation.task", shown, task), null);
    }
    return ofAnyTask(dataset, shell);
  }

  /** Returns whether the answers of a dataset are compared by judges instead of counted. */
  public static boolean needJudges(DatasetDirectory dataset) {
    return dataset.manifest().identity().task().equals(CONVERSATION);
  }

  /**
   * Returns the validation examples of a dataset of any task; at least one.
   *
   * @throws CommandFailure if valid.jsonl is missing, changed or empty
   */
  public static List<Question> ofAnyTask(DatasetDirectory dataset, Shell shell)
      throws CommandFailure, IOException {
    String shown = shell.show(dataset.path());
    List<Question> questions = parse(dataset, dataset.readValid(shell), shell);
    if (questions.isEmpty()) {
      throw refusal(Messages.of("launcher.evaluation.no-validation", shown), null);
    }
    return questions;
  }

  private static List<Question> parse(DatasetDirectory dataset, byte[] file, Shell shell)
      throws CommandFailure, IOException {
    ExampleFormat format = ExampleFormats.of(dataset.format());
    List<Question> questions = new ArrayList<>();
    try (LineReader lines = new LineReader(new ByteArrayInputStream(file))) {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        questions.add(new Question(questions.size() + 1, Sha256.hex(line), format.decode(line)));
      }
    } catch (ExampleFormatException e) {
      throw refusal(
          Messages.of(
              "launcher.evaluation.no-example",
              shell.show(dataset.valid()),
              questions.size() + 1,
              String.valueOf(e.getMessage())),
          e);
    }
    return questions;
  }

  private static CommandFailure refusal(String sentence, @Nullable Throwable cause) {
    return new CommandFailure(FailureCode.DATASET, sentence, cause);
  }
}
