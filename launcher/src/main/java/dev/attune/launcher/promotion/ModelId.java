package dev.attune.launcher.promotion;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.tuning.BackEndJob;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What stands in an env file for a model: what an application needs to ask it. Of a hosted model
 * its endpoint, such as {@code projects/1/locations/us-central1/endpoints/2}; of one on this
 * machine {@code local:} and the id of its job.
 */
public final class ModelId {
  private static final String LOCAL = "local";

  /** What means itself in an env file, in quotes and without, whoever reads it. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._/:@%+-]+");

  private ModelId() {}

  /**
   * The id of a model.
   *
   * @param job that made it
   * @throws CommandFailure if nobody can ask it
   */
  public static String of(Job job) throws CommandFailure {
    return find(job)
        .orElseThrow(
            () ->
                new CommandFailure(
                    FailureCode.MODEL,
                    ("%s has no endpoint that an application could ask: attune watch %s looks"
                            + " whether it has one by now.")
                        .formatted(job.id(), job.id())));
  }

  /** The same, or nothing. */
  static Optional<String> find(Job job) {
    if (job.spec().backEnd().equals(LOCAL)) {
      return Optional.of(LOCAL + ":" + job.id());
    }
    return Optional.ofNullable(job.known())
        .map(BackEndJob::endpoint)
        .filter(endpoint -> PLAIN.matcher(endpoint).matches());
  }
}
