package dev.attune.launcher.promotion;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.message.Messages;
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
      throw refusal(Messages.of("launcher.model.empty"));
    }
    if (typed.equals("base")) {
      throw refusal(Messages.of("launcher.model.base"));
    }
    if (typed.equals("champion")) {
      String champion =
          ledger
              .promotions()
              .champion(dataset)
              .orElseThrow(() -> refusal(Messages.of("launcher.model.no-champion", dataset)));
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
          Messages.of("launcher.model.several", Printable.shortened(typed), some(models)));
    }
    if (meant.isEmpty()) {
      throw unknown(typed);
    }
    Job job = meant.get(0);
    throw refusal(
        job.state().hasFailed()
            ? Messages.of("launcher.model.job-failed", job.id(), job.state())
            : Messages.of("launcher.model.job-open", job.id(), job.state(), job.id()));
  }

  private CommandFailure unknown(String typed) {
    List<Job> models = ledger.jobs().all().stream().filter(job -> job.state().hasModel()).toList();
    String name = Printable.shortened(typed);
    return refusal(
        models.isEmpty()
            ? Messages.of("launcher.model.none-yet", name)
            : Messages.of("launcher.model.unknown", name, some(models)));
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
