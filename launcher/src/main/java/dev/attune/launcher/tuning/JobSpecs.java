package dev.attune.launcher.tuning;

import dev.attune.config.TuningConfig;
import dev.attune.config.TuningConfig.BackEnd;
import dev.attune.config.TuningConfig.Place;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.dataset.DatasetDirectory;
import java.util.Locale;

/** From a configuration to the spec of a job, and back to where a job of the ledger was created. */
public final class JobSpecs {
  private static final String LOCAL_LOCATION = "local";

  private JobSpecs() {}

  /**
   * The spec of a job.
   *
   * @throws CommandFailure if the configuration does not say what is tuned, or where
   */
  public static TuningSpec of(DatasetDirectory dataset, TuningConfig tuning) throws CommandFailure {
    boolean local = tuning.backEnd() == BackEnd.LOCAL;
    String baseModel = local ? TuningConfig.LOCAL_BASE_MODEL : tuning.baseModel();
    String location = local ? LOCAL_LOCATION : tuning.place().location();
    if (baseModel == null || location == null) {
      String missing = baseModel == null ? "tuning.baseModel" : "tuning.location";
      throw new CommandFailure(
          FailureCode.CONFIGURATION,
          missing + " is missing: add it to attune.yaml, or tune with local.");
    }
    return new TuningSpec(
        dataset.fingerprint(),
        tuning.backEnd().name().toLowerCase(Locale.ROOT),
        baseModel,
        new JobPlace(local ? null : tuning.place().project(), location),
        tuning.hyperparameters());
  }

  /**
   * The configuration with the back end and the place in which a job was requested; the configured
   * project where the job's is not known.
   */
  static TuningConfig where(TuningSpec spec, TuningConfig tuning) {
    BackEnd backEnd = BackEnd.valueOf(spec.backEnd().toUpperCase(Locale.ROOT));
    Place place = tuning.place();
    Place there =
        backEnd == BackEnd.LOCAL
            ? place
            : new Place(
                spec.place().orProject(place.project()).project(),
                spec.location(),
                place.bucket(),
                place.endpoint(),
                place.plaintext(),
                place.storageEndpoint());
    return new TuningConfig(
        backEnd,
        spec.baseModel(),
        there,
        spec.hyperparameters(),
        tuning.maxCostUsd(),
        tuning.patience(),
        tuning.baseModels());
  }
}
