package dev.attune.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The part of attune.yaml that says how a model is tuned.
 *
 * @param backEnd who tunes
 * @param baseModel what is tuned, or null where it is left out
 * @param place where a hosted back end works
 * @param hyperparameters of the job
 * @param maxCostUsd the cap of the estimate in US dollars, or null: none
 * @param patience how long to wait for what
 * @param baseModels a user's file of base models as written, or null
 */
public record TuningConfig(
    BackEnd backEnd,
    @Nullable String baseModel,
    Place place,
    Hyperparameters hyperparameters,
    @Nullable Double maxCostUsd,
    Patience patience,
    @Nullable String baseModels) {

  /** What the local back end tunes, whatever {@link #baseModel} says. */
  public static final String LOCAL_BASE_MODEL = "linear-baseline";

  /** The same with another base model. */
  public TuningConfig withBaseModel(String name) {
    return new TuningConfig(
        backEnd, name, place, hyperparameters, maxCostUsd, patience, baseModels);
  }

  /** The same with other epochs. */
  public TuningConfig withEpochs(int epochs) {
    Hyperparameters changed =
        new Hyperparameters(
            epochs, hyperparameters.adapterSize(), hyperparameters.learningRateMultiplier());
    return new TuningConfig(backEnd, baseModel, place, changed, maxCostUsd, patience, baseModels);
  }

  /** The same with another cap of the estimate. */
  public TuningConfig withMaxCostUsd(double cap) {
    return new TuningConfig(backEnd, baseModel, place, hyperparameters, cap, patience, baseModels);
  }

  /** The same with another back end. */
  public TuningConfig withBackEnd(BackEnd other) {
    return new TuningConfig(
        other, baseModel, place, hyperparameters, maxCostUsd, patience, baseModels);
  }

  /** Who tunes. */
  public enum BackEnd {
    VERTEX,
    LOCAL
  }

  /**
   * Where a hosted back end works; null where it is left out.
   *
   * @param bucket {@code gs://bucket/prefix}
   * @param endpoint host and port of an emulator of the tuning service
   * @param plaintext whether that is spoken to without TLS
   * @param storageEndpoint address of an emulator of Cloud Storage
   */
  public record Place(
      @Nullable String project,
      @Nullable String location,
      @Nullable String bucket,
      @Nullable String endpoint,
      boolean plaintext,
      @Nullable String storageEndpoint) {}

  /** What a tuning job is told; each value is always sent, none is left to the service. */
  public record Hyperparameters(int epochs, int adapterSize, double learningRateMultiplier) {}

  /**
   * How long to wait.
   *
   * @param createGrace how long a job of unknown fate is looked for before another is created
   * @param call how long one call may take
   * @param poll between two looks at a job at least, or null: what suits the back end
   * @param job how long to wait for the job as a whole
   */
  public record Patience(
      Duration createGrace, Duration call, @Nullable Duration poll, Duration job) {}
}
