package dev.attune.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code tuning} of attune.yaml.
 *
 * @param backEnd the service or program that tunes
 * @param baseModel the base model, or null
 * @param place project, location, bucket and endpoint of a hosted back end
 * @param hyperparameters of the job
 * @param maxCostUsd the cost cap in US dollars, or null
 * @param patience timeouts and intervals
 * @param baseModels a user's file of base models as written, or null
 */
public record TuningConfig(
    BackEnd backEnd,
    @Nullable String baseModel,
    TuningPlace place,
    Hyperparameters hyperparameters,
    @Nullable Double maxCostUsd,
    Patience patience,
    @Nullable String baseModels) {

  /** The base model of the local back end, which ignores {@link #baseModel}. */
  public static final String LOCAL_BASE_MODEL = "linear-baseline";

  /** Returns a copy with another base model. */
  public TuningConfig withBaseModel(String name) {
    return new TuningConfig(
        backEnd, name, place, hyperparameters, maxCostUsd, patience, baseModels);
  }

  /** Returns a copy with other epochs. */
  public TuningConfig withEpochs(int epochs) {
    Hyperparameters changed =
        new Hyperparameters(
            epochs, hyperparameters.adapterSize(), hyperparameters.learningRateMultiplier());
    return new TuningConfig(backEnd, baseModel, place, changed, maxCostUsd, patience, baseModels);
  }

  /** Returns a copy with another cost cap. */
  public TuningConfig withMaxCostUsd(double cap) {
    return new TuningConfig(backEnd, baseModel, place, hyperparameters, cap, patience, baseModels);
  }

  /** Returns a copy with another back end. */
  public TuningConfig withBackEnd(BackEnd other) {
    return new TuningConfig(
        other, baseModel, place, hyperparameters, maxCostUsd, patience, baseModels);
  }

  /** The service or program that tunes. */
  public enum BackEnd {
    VERTEX,
    LOCAL
  }

  /**
   * The location of a hosted back end; components are null if not configured.
   *
   * @param bucket {@code gs://bucket/prefix}
   * @param endpoint host and port of an emulator of the tuning service
   * @param plaintext whether the endpoint is called without TLS
   * @param storageEndpoint address of an emulator of Cloud Storage
   */
  public record TuningPlace(
      @Nullable String project,
      @Nullable String location,
      @Nullable String bucket,
      @Nullable String endpoint,
      boolean plaintext,
      @Nullable String storageEndpoint) {}

  /** Hyperparameters of a tuning job; all are sent, so that no default of the service applies. */
  public record Hyperparameters(int epochs, int adapterSize, double learningRateMultiplier) {}

  /**
   * Timeouts and intervals.
   *
   * @param createGrace how long to search for a job whose create call failed before creating
   *     another
   * @param call the deadline of one call
   * @param poll the interval between polls of a job, or null for the default of the back end
   * @param job the deadline of the whole job
   */
  public record Patience(
      Duration createGrace, Duration call, @Nullable Duration poll, Duration job) {}
}
