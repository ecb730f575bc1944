package dev.attune.launcher.loop;

import dev.attune.config.AttuneConfig;
import dev.attune.config.Task;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.evaluation.cost.EvaluationForecast;
import dev.attune.schema.DatasetManifest;
import java.util.Locale;

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
      throw new CommandFailure(
          FailureCode.DATASET,
          "attune run promotes only what it has evaluated, and the answers of a conversation"
              + " dataset cannot be evaluated yet: use attune prepare and attune tune DATASET"
              + " instead.");
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
    int minimum = config.evaluation().minimumExamples();
    if (validation >= minimum && validation > 0) {
      return;
    }
    throw new CommandFailure(
        FailureCode.DATASET,
        String.format(
            Locale.ROOT,
            "%s has %s and %,d training examples, and the gate needs %,d"
                + " (evaluation.minimumExamples); nothing was tuned or paid. Add more records%s and"
                + " run again.",
            shell.show(dataset.path()),
            validation == 0
                ? "no validation example"
                : validation == 1
                    ? "1 validation example"
                    : String.format(Locale.ROOT, "%,d validation examples", validation),
            manifest.trainingExamples(),
            Math.max(1, minimum),
            // With fewer, more validation would leave less to train on than to validate.
            validation + manifest.trainingExamples() < 2L * Math.max(1, minimum)
                ? ""
                : " or raise split.validation"));
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
        String.format(
            Locale.ROOT,
            "Of the validation examples of %s only %,d may be used as questions, and the gate needs"
                + " %,d (evaluation.minimumExamples); nothing was tuned or paid. Add records that"
                + " no model was tuned on and run again.",
            shell.show(dataset.path()),
            forecast.fair(),
            minimum),
        null);
  }
}
