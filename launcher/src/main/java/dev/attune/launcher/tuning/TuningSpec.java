package dev.attune.launcher.tuning;

import dev.attune.bytes.Sha256;
import dev.attune.config.TuningConfig.Hyperparameters;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The dataset, base model, parameters and place of a tuning job. Requests with equal keys are one
 * job, which is paid once; the place is not part of the key.
 *
 * @param dataset the dataset's fingerprint, {@code sha256:} and 64 hex digits
 * @param backEnd {@code vertex} or {@code local}
 * @param baseModel what is tuned
 * @param place where the job is requested
 * @param hyperparameters all of them
 */
public record TuningSpec(
    String dataset,
    String backEnd,
    String baseModel,
    JobPlace place,
    Hyperparameters hyperparameters) {

  /** A label of the service takes 63 characters; 40 hex digits are 160 bits. */
  private static final int KEY_LENGTH = 40;

  /**
   * Creates a spec without a project.
   *
   * @param location region of the job; {@code local} on this machine
   */
  public TuningSpec(
      String dataset,
      String backEnd,
      String baseModel,
      String location,
      Hyperparameters hyperparameters) {
    this(dataset, backEnd, baseModel, new JobPlace(null, location), hyperparameters);
  }

  /** Region of the job; {@code local} on this machine. */
  public String location() {
    return place.location();
  }

  /** Returns the spec of the same job in another place; its key is the same. */
  public TuningSpec in(JobPlace other) {
    return new TuningSpec(dataset, backEnd, baseModel, other, hyperparameters);
  }

  /**
   * Returns the key in the ledger and in the service's labels: 40 lower-case hex digits of the
   * SHA-256 of dataset, back end, base model and hyperparameters, joined by line feeds.
   */
  public String key() {
    return hash(List.of(dataset, backEnd, baseModel));
  }

  /**
   * Returns the key of versions before ledger version 2, in which the location follows the base
   * model.
   */
  public String formerKey() {
    return hash(List.of(dataset, backEnd, baseModel, location()));
  }

  private String hash(List<String> beginning) {
    List<String> all = new ArrayList<>(beginning);
    all.add(Integer.toString(hyperparameters.epochs()));
    all.add(Integer.toString(hyperparameters.adapterSize()));
    all.add(Double.toString(hyperparameters.learningRateMultiplier()));
    String parts = String.join("\n", all);
    return Sha256.hex(parts.getBytes(StandardCharsets.UTF_8)).substring(0, KEY_LENGTH);
  }
}
