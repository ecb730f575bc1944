package dev.attune.launcher.baseline;

import dev.attune.bytes.Sha256;
import dev.attune.launcher.evaluation.question.AnsweringModel;
import dev.attune.launcher.evaluation.question.AskException;
import dev.attune.message.Messages;
import dev.attune.schema.ExampleLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * A model in the memory of this process: that of a job, or the base model of the local back end.
 */
public final class LocalModel implements AnsweringModel {
  private final String name;
  private final Function<ExampleLine, String> answers;

  LocalModel(String name, Function<ExampleLine, String> answers) {
    this.name = name;
    this.answers = answers;
  }

  /**
   * Loads the model of a job that has succeeded, and compares its hash with the job's.
   *
   * @param job the job's folder, which is its endpoint
   * @throws AskException of kind MODEL if the model does not exist or was changed
   */
  public static LocalModel open(Path job) throws AskException {
    JobFolder folder = new JobFolder(job.toAbsolutePath().normalize());
    try {
      LocalJob told = folder.read();
      LocalJob.Trained trained = told.trained();
      if (trained == null) {
        throw new AskException(false, Messages.of("launcher.local.no-model", job), null);
      }
      if (!Sha256.hex(folder.model()).equals(trained.modelSha256())) {
        throw new AskException(
            false, Messages.of("launcher.local.model-changed", folder.model()), null);
      }
      Categories categories = new Categories(told.training().categories());
      LinearBaseline baseline = LinearBaseline.load(folder.model(), categories);
      return new LocalModel(
          nameOf(told.name()), example -> baseline.answer(PromptWords.of(example)));
    } catch (IOException e) {
      throw new AskException(
          false, Messages.of("launcher.local.model-unreadable", job, IoReason.of(e)), e);
    }
  }

  /** Returns the name of the model of a job. */
  static String nameOf(String job) {
    return "local:" + job;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean isHosted() {
    return false;
  }

  @Override
  public String answer(ExampleLine example) {
    return answers.apply(example);
  }

  @Override
  public void close() {
    // There is nothing to release.
  }
}
