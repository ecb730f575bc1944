package dev.attune.launcher.baseline;

import dev.attune.bytes.Sha256;
import dev.attune.launcher.evaluation.question.AnsweringModel;
import dev.attune.launcher.evaluation.question.AskException;
import dev.attune.message.Messages;
import dev.attune.schema.ExampleLine;
import java.io.IOException;
import java.nio.file.Path;

/** The model of a job of the local back end, in the memory of this process. */
public final class LocalModel implements AnsweringModel {
  private final String name;
  private final LinearBaseline baseline;

  private LocalModel(String name, LinearBaseline baseline) {
    this.name = name;
    this.baseline = baseline;
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
      return new LocalModel(nameOf(told.name()), LinearBaseline.load(folder.model(), categories));
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
    return baseline.answer(PromptWords.of(example));
  }

  @Override
  public void close() {
    // There is nothing to release.
  }
}
