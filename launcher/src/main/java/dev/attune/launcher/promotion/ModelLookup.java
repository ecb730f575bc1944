package dev.attune.launcher.promotion;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.schema.Printable;
import java.util.List;
import java.util.stream.Collectors;

/** Finds the model that a MODEL argument of a command names. */
public final class ModelLookup {
  /** The description of a MODEL in --help. */
  public static final String MODEL =
      "A model as attune models lists it, the beginning of its id, what the env file names"
          + " (local:ID or an endpoint), or champion for the model in use.";

  private static final String LOCAL = "local:";
  private static final int MOST_NAMED = 5;

  private final Ledger ledger;
  private final String dataset;

  /**
   * Creates a lookup.
   *
   * @param dataset the name of the dataset for {@code champion}
   */
  public ModelLookup(Ledger ledger, String dataset) {
    this.ledger = ledger;
    this.dataset = dataset;
  }

  /**
   * Returns the job that tuned a model.
   *
   * @param typed the id of the model, a unique prefix of the id, the model id of the env file
   *     ({@code local:} and the id, or an endpoint), or {@code champion}
   * @throws CommandFailure if no model matches, or several do
   */
  public Job find(String typed) throws CommandFailure {
    if (typed.isBlank()) {
      throw refusal("The name of the model is empty: give a model that attune models lists.");
    }
    if (typed.equals("base")) {
      throw refusal("base is not a tuned model: give a model that attune models lists.");
    }
    if (typed.equals("champion")) {
      String champion =
          ledger
              .promotions()
              .champion(dataset)
              .orElseThrow(
                  () ->
                      refusal(
                          "No model of %s is in use yet: give a model that attune models lists."
                              .formatted(dataset)));
      return ledger.jobs().get(champion);
    }
    List<Job> envFile =
        ledger.jobs().all().stream()
            .filter(job -> job.state().hasModel())
            .filter(job -> ModelId.find(job).filter(typed::equals).isPresent())
            .toList();
    if (!envFile.isEmpty()) {
      return withModel(typed, envFile);
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
          Printable.shortened(typed) + " could be " + some(models) + ": type more characters.");
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
                    ? "create another with attune tune --again."
                    : "wait for it with attune watch " + job.id() + "."));
  }

  private CommandFailure unknown(String typed) {
    List<Job> models = ledger.jobs().all().stream().filter(job -> job.state().hasModel()).toList();
    return refusal(
        "There is no model %s: %s"
            .formatted(
                Printable.shortened(typed),
                models.isEmpty()
                    ? "the ledger has no models yet; create one with attune tune."
                    : "the ledger has " + some(models) + "; attune models lists them."));
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
