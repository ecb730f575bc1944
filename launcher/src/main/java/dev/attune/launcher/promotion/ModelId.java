package dev.attune.launcher.promotion;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.tuning.BackEndJob;
import dev.attune.message.Messages;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The id by which an application calls a model, which the env file contains: the endpoint of a
 * hosted model, such as {@code projects/1/locations/us-central1/endpoints/2}; {@code local:} and
 * the id of the job for a model on this machine.
 */
public final class ModelId {
  private static final String LOCAL = "local";

  /** Characters that need no quotes in an env file. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._/:@%+-]+");

  private ModelId() {}

  /**
   * Returns the id of a model.
   *
   * @param job the job that tuned it
   * @throws CommandFailure if the model has no endpoint
   */
  public static String of(Job job) throws CommandFailure {
    return find(job)
        .orElseThrow(
            () ->
                new CommandFailure(
                    FailureCode.MODEL,
                    Messages.of("launcher.promotion.no-endpoint", job.id(), job.id())));
  }

  /** Returns the id of a model, or empty if it has no endpoint. */
  static Optional<String> find(Job job) {
    if (job.spec().backEnd().equals(LOCAL)) {
      return Optional.of(LOCAL + ":" + job.id());
    }
    return Optional.ofNullable(job.known())
        .map(BackEndJob::endpoint)
        .filter(endpoint -> PLAIN.matcher(endpoint).matches());
  }
}
