package dev.attune.launcher.loop;

import dev.attune.config.AttuneConfig;
import dev.attune.config.Task;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.evaluation.cost.EvaluationForecast;
import dev.attune.message.Messages;
import dev.attune.page.FigureText;
import dev.attune.schema.DatasetManifest;

/** Refuses a dataset that could be tuned on but not evaluated, before anything is paid. */
final class EvaluationRequirements {
  private EvaluationRequirements() {}

  /**
   * Refuses a task other than classification.
   *
   * @throws CommandFailure if the task is another one
   */
  static void requireTask(AttuneConfig config) throws CommandFailure {
    if (config.dataset().task() != Task.CLASSIFICATION) {
      throw new CommandFailure(FailureCode.DATASET, Messages.of("launcher.run.conversation"));
    }
  }

  /**
   * Refuses a dataset with too few validation examples for the gate.
   *
   * @throws CommandFailure if there are too few
   */
  static void requireExamples(DatasetDirectory dataset, AttuneConfig config, Shell shell)
      throws CommandFailure {
    DatasetManifest manifest = dataset.manifest();
    long validation = manifest.validationExamples();
    int minimum = Math.max(1, config.evaluation().minimumExamples());
    if (validation >= minimum) {
      return;
    }
    throw new CommandFailure(
        FailureCode.DATASET,
        Messages.of(
            // With fewer, more validation would leave less to train on than to validate.
            validation + manifest.trainingExamples() < 2L * minimum
                ? "launcher.run.few-examples"
                : "launcher.run.few-validation",
            shell.show(dataset.path()),
            validation == 0
                ? "no validation example"
                : FigureText.count(validation, "validation example"),
            FigureText.count(manifest.trainingExamples()),
            FigureText.count(minimum)));
  }

  /**
   * Refuses a dataset with too few fair questions, because the champion was tuned on the other
   * validation examples.
   *
   * @throws CommandFailure if there are too few
   */
  static void requireFairQuestions(
      DatasetDirectory dataset, EvaluationForecast forecast, int minimum, Shell shell)
      throws CommandFailure {
    if (forecast.fair() >= minimum) {
      return;
    }
    throw new CommandFailure(
        FailureCode.DATASET,
        forecast.notes(),
        Messages.of(
            "launcher.run.few-fair",
            shell.show(dataset.path()),
            FigureText.count(forecast.fair()),
            FigureText.count(minimum)),
        null);
  }
}
