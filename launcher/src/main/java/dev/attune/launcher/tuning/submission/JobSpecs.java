package dev.attune.launcher.tuning.submission;

import dev.attune.config.TuningConfig;
import dev.attune.config.TuningConfig.BackEnd;
import dev.attune.config.TuningConfig.TuningPlace;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.tuning.JobPlace;
import dev.attune.launcher.tuning.TuningSpec;
import dev.attune.message.Messages;
import java.util.Locale;

/** Converts a configuration to the spec of a job, and a spec to the configuration of its place. */
public final class JobSpecs {
  private static final String LOCAL_LOCATION = "local";

  private JobSpecs() {}

  /**
   * Returns the spec of a job.
   *
   * @throws CommandFailure if the configuration lacks the base model or the location
   */
  public static TuningSpec of(DatasetDirectory dataset, TuningConfig tuning) throws CommandFailure {
    boolean local = tuning.backEnd() == BackEnd.LOCAL;
    String baseModel = local ? TuningConfig.LOCAL_BASE_MODEL : tuning.baseModel();
    String location = local ? LOCAL_LOCATION : tuning.place().location();
    if (baseModel == null || location == null) {
      String missing = baseModel == null ? "tuning.baseModel" : "tuning.location";
      throw new CommandFailure(
          FailureCode.CONFIGURATION, Messages.of("launcher.job.key-missing", missing));
    }
    return new TuningSpec(
        dataset.fingerprint(),
        tuning.backEnd().name().toLowerCase(Locale.ROOT),
        baseModel,
        new JobPlace(local ? null : tuning.place().project(), location),
        tuning.hyperparameters());
  }

  /**
   * Returns the configuration with the back end and the place of a job; with the configured project
   * if the job's project is unknown.
   */
  static TuningConfig where(TuningSpec spec, TuningConfig tuning) {
    BackEnd backEnd = BackEnd.valueOf(spec.backEnd().toUpperCase(Locale.ROOT));
    TuningPlace place = tuning.place();
    TuningPlace there =
        backEnd == BackEnd.LOCAL
            ? place
            : new TuningPlace(
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
