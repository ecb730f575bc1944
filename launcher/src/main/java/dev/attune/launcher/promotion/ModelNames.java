package dev.attune.launcher.promotion;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.schema.Printable;
import java.util.List;
import java.util.stream.Collectors;

/** Finds the model that somebody means, for every command that takes a MODEL. */
public final class ModelNames {
  /** What --help says of a MODEL. */
  public static final String MODEL =
      "A model as attune models lists it, the beginning of its id, what the env file names"
          + " (local:ID or an endpoint), or champion for the model in use.";

  private static final String LOCAL = "local:";
  private static final int MOST_NAMED = 5;

  private final Ledger ledger;
  private final String dataset;

  /**
   * Names in a ledger.
   *
   * @param dataset name of the dataset whose champion is meant
   */
  public ModelNames(Ledger ledger, String dataset) {
    this.ledger = ledger;
    this.dataset = dataset;
  }

  /**
   * The job that made a model.
   *
   * @param typed its id, a beginning of it that no other model has, what the env file has for it
   *     ({@code local:} and the id, or an endpoint), or {@code champion}
   * @throws CommandFailure if it is none, or could be several
   */
  public Job find(String typed) throws CommandFailure {
    if (typed.isBlank()) {
      throw refusal("The name of the model is empty: name one that attune models lists.");
    }
    if (typed.equals("base")) {
      throw refusal("base is no tuned model: name one that attune models lists.");
    }
    if (typed.equals("champion")) {
      String champion =
          ledger
              .promotions()
              .champion(dataset)
              .orElseThrow(
                  () ->
                      refusal(
                          "No model of %s is in use yet: name one that attune models lists."
                              .formatted(dataset)));
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
    String id = typed.startsWith(LOCAL) ? typed.substring(LOCAL.length()) : typed;
    List<Job> meant = id.isEmpty() ? List.of() : ledger.jobs().named(id);
    return withModel(typed, meant);
  }

  private Job withModel(String typed, List<Job> meant) throws CommandFailure {
    List<Job> models = meant.stream().filter(job -> job.state().hasModel()).toList();
    if (models.size() == 1) {
      return models.get(0);
    }
    if (models.size() > 1) {
      throw refusal(
          Printable.shortened(typed) + " could be " + some(models) + ": write more of it.");
    }
    if (meant.isEmpty()) {
      throw unknown(typed);
    }
    Job job = meant.get(0);
    throw refusal(
        "The job %s is %s and has no model: %s"
            .formatted(
                job.id(),
                job.state(),
                job.state().hasFailed()
                    ? "attune tune --again begins another."
                    : "attune watch " + job.id() + " waits for it."));
  }

  private CommandFailure unknown(String typed) {
    List<Job> models = ledger.jobs().all().stream().filter(job -> job.state().hasModel()).toList();
    return refusal(
        "There is no model %s: %s"
            .formatted(
                Printable.shortened(typed),
                models.isEmpty()
                    ? "the ledger has none yet, and attune tune makes one."
                    : "the ledger has " + some(models) + "; attune models says more."));
  }

  private static String some(List<Job> models) {
    String named = models.stream().limit(MOST_NAMED).map(Job::id).collect(Collectors.joining(", "));
    int more = models.size() - MOST_NAMED;
    return more > 0 ? named + " and " + more + " more" : named;
  }

  private static CommandFailure refusal(String sentence) {
    return new CommandFailure(FailureCode.MODEL, sentence);
  }
}
