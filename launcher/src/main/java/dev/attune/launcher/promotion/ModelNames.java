package dev.attune.launcher.promotion;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.ExitCode;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.schema.Printable;
import java.util.List;
import java.util.stream.Collectors;

/** Finds the model that somebody means. */
final class ModelNames {
  private static final int MOST_NAMED = 5;

  private final Ledger ledger;
  private final String dataset;

  /**
   * Names in a ledger.
   *
   * @param dataset name of the dataset whose champion is meant
   */
  ModelNames(Ledger ledger, String dataset) {
    this.ledger = ledger;
    this.dataset = dataset;
  }

  /**
   * The job that made a model.
   *
   * @param typed its id, the beginning of it, what the env file has for it ({@code local:} and the
   *     id, or an endpoint), or {@code champion}
   * @throws CommandFailure if it is none, or could be several
   */
  Job find(String typed) throws CommandFailure {
    if (typed.equals("base")) {
      throw refusal("base is no tuned model: name one that attune models lists.");
    }
    if (typed.equals("champion")) {
      String champion =
          ledger
              .promotions()
              .champion(dataset)
              .orElseThrow(() -> refusal("No model of " + dataset + " is in use yet: name one."));
      return ledger.jobs().get(champion);
    }
    List<Job> inEnvFile =
        ledger.jobs().all().stream()
            .filter(job -> job.state().hasModel())
            .filter(job -> ModelId.find(job).filter(typed::equals).isPresent())
            .toList();
    if (!inEnvFile.isEmpty()) {
      return withModel(typed, inEnvFile);
    }
    List<Job> meant = typed.isEmpty() ? List.of() : ledger.jobs().startingWith(typed);
    List<Job> exact = meant.stream().filter(job -> job.id().equals(typed)).toList();
    return withModel(typed, exact.isEmpty() ? meant : exact);
  }

  private static Job withModel(String typed, List<Job> meant) throws CommandFailure {
    List<Job> models = meant.stream().filter(job -> job.state().hasModel()).toList();
    if (models.size() == 1) {
      return models.get(0);
    }
    if (models.size() > 1) {
      throw refusal(
          Printable.shortened(typed)
              + " could be "
              + models.stream().limit(MOST_NAMED).map(Job::id).collect(Collectors.joining(", "))
              + (models.size() > MOST_NAMED ? " or another" : "")
              + ": write more of it.");
    }
    if (meant.isEmpty()) {
      throw refusal(
          "There is no model "
              + Printable.shortened(typed)
              + ": attune models lists those there are.");
    }
    Job job = meant.get(0);
    throw refusal(
        "The job "
            + job.id()
            + " is "
            + job.state()
            + " and has no model: "
            + (job.state().hasFailed()
                ? "attune tune --again begins another."
                : "attune watch " + job.id() + " waits for it."));
  }

  private static CommandFailure refusal(String sentence) {
    return new CommandFailure(ExitCode.REFUSED, sentence);
  }
}
