package dev.attune.launcher.evaluation;

import dev.attune.config.OutputFormat;
import dev.attune.filesystem.Sha256;
import dev.attune.format.ExampleFormat;
import dev.attune.format.ExampleFormatException;
import dev.attune.format.provider.ExampleFormats;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.DatasetDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the validation examples of a published dataset, at most 5,000 by contract, whole into
 * memory.
 */
public final class Questions {
  private static final String CLASSIFICATION = "classification";

  private final DatasetDirectory dataset;
  private final Shell shell;

  private Questions(DatasetDirectory dataset, Shell shell) {
    this.dataset = dataset;
    this.shell = shell;
  }

  /**
   * The examples in the file's order; at least one.
   *
   * @throws CommandFailure if they are not those that were published, there is none, or the dataset
   *     is not one that can be evaluated
   */
  public static List<Question> read(DatasetDirectory dataset, Shell shell)
      throws CommandFailure, IOException {
    return new Questions(dataset, shell).read();
  }

  private List<Question> read() throws CommandFailure, IOException {
    String task = dataset.manifest().identity().task();
    if (!task.equals(CLASSIFICATION)) {
      throw refusal(
          shell.show(dataset.path())
              + " is a "
              + task
              + " dataset, whose answers have no categories to count: evaluate measures"
              + " classification datasets.",
          null);
    }
    byte[] file = published();
    if (file.length == 0) {
      throw refusal(
          shell.show(dataset.path())
              + " has no validation example: raise split.validation and prepare it anew.",
          null);
    }
    return questions(file);
  }

  private byte[] published() throws CommandFailure, IOException {
    Path path = dataset.valid();
    byte[] file;
    try {
      file = Files.readAllBytes(path);
    } catch (NoSuchFileException e) {
      throw refusal(shell.show(path) + " is gone: prepare the dataset anew.", e);
    }
    String hash = Sha256.hex(file);
    boolean same =
        dataset.manifest().files().stream()
            .anyMatch(f -> f.name().equals("valid.jsonl") && f.sha256().equals(hash));
    if (!same) {
      throw refusal(
          shell.show(path)
              + " is not what manifest.json says: it was changed after it was published; prepare"
              + " it anew.",
          null);
    }
    return file;
  }

  private List<Question> questions(byte[] file) throws CommandFailure {
    ExampleFormat format =
        ExampleFormats.of(
            OutputFormat.valueOf(dataset.manifest().identity().format().toUpperCase(Locale.ROOT)));
    List<Question> questions = new ArrayList<>();
    int start = 0;
    while (start < file.length) {
      int end = start;
      while (end < file.length && file[end] != '\n') {
        end++;
      }
      byte[] line = Arrays.copyOfRange(file, start, end);
      int number = questions.size() + 1;
      try {
        questions.add(new Question(number, Sha256.hex(line), format.decode(line)));
      } catch (ExampleFormatException e) {
        throw refusal(
            "%s:%d is no example (%s): attune check says more."
                .formatted(shell.show(dataset.valid()), number, e.getMessage()),
            e);
      }
      start = end + 1;
    }
    return questions;
  }

  private static CommandFailure refusal(String sentence, @Nullable Throwable cause) {
    return new CommandFailure(FailureCode.DATASET, List.of(), sentence, cause);
  }
}
