package dev.attune.launcher.vertex;

import com.google.cloud.aiplatform.v1.SupervisedHyperParameters;
import com.google.cloud.aiplatform.v1.SupervisedHyperParameters.AdapterSize;
import com.google.cloud.aiplatform.v1.SupervisedTuningDataStats;
import com.google.cloud.aiplatform.v1.SupervisedTuningSpec;
import com.google.cloud.aiplatform.v1.TunedModel;
import com.google.cloud.aiplatform.v1.TunedModelCheckpoint;
import com.google.cloud.aiplatform.v1.TuningJob;
import com.google.rpc.Status;
import dev.attune.config.TuningConfig.Hyperparameters;
import dev.attune.launcher.console.TimeOfDay;
import dev.attune.launcher.tuning.BackEndException;
import dev.attune.launcher.tuning.BackEndJob;
import dev.attune.launcher.tuning.BackEndJob.Usage;
import dev.attune.launcher.tuning.JobPlace;
import dev.attune.launcher.tuning.ListedJob;
import dev.attune.launcher.tuning.TuningBackEnd.Staged;
import dev.attune.launcher.tuning.TuningJobState;
import dev.attune.launcher.tuning.TuningSpec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tuning jobs: our words to the service's, and back. */
final class TuningJobs {
  /** The label that carries the key. Vertex AI hands it on to the model and its endpoint. */
  static final String KEY_LABEL = "attune-key";

  private static final String DATASET_LABEL = "attune-dataset";

  /** The label that says which ledger a job was created from; jobs of older versions lack it. */
  private static final String LEDGER_LABEL = "attune-ledger";

  /** A label's value has at most 63 characters, a fingerprint 64 digits. */
  private static final int LABEL_LENGTH = 40;

  private static final int NAME_LENGTH = 12;

  private TuningJobs() {}

  /**
   * The job of a spec. Every hyperparameter is sent: what the service would choose can be dear. One
   * checkpoint, the last, gets an endpoint; the service would give one to each.
   *
   * @param ledger id of the ledger that the job is entered in
   */
  static TuningJob of(TuningSpec spec, Staged staged, String ledger) throws BackEndException {
    SupervisedTuningSpec.Builder supervised =
        SupervisedTuningSpec.newBuilder()
            .setTrainingDatasetUri(staged.training())
            .setExportLastCheckpointOnly(true)
            .setHyperParameters(hyperparameters(spec.hyperparameters()));
    if (!staged.validation().isEmpty()) {
      supervised.setValidationDatasetUri(staged.validation());
    }
    String key = spec.key();
    return TuningJob.newBuilder()
        .setBaseModel(spec.baseModel())
        .setSupervisedTuningSpec(supervised)
        .setTunedModelDisplayName("attune-" + key.substring(0, NAME_LENGTH))
        .setDescription("Tuned by Attune on the dataset " + spec.dataset())
        .putLabels(KEY_LABEL, key)
        .putLabels(LEDGER_LABEL, ledger)
        .putLabels(DATASET_LABEL, hex(spec.dataset()).substring(0, LABEL_LENGTH))
        .build();
  }

  /** The digits of {@code sha256:…}. */
  static String hex(String fingerprint) {
    return fingerprint.substring(fingerprint.indexOf(':') + 1);
  }

  /** A job as a list shows it. */
  static ListedJob listed(TuningJob job, JobPlace place) {
    Instant created =
        Instant.ofEpochSecond(job.getCreateTime().getSeconds(), job.getCreateTime().getNanos());
    return new ListedJob(
        read(job), created, emptyToNull(job.getLabelsOrDefault(LEDGER_LABEL, "")), place);
  }

  /** What the service tells of a job. */
  static BackEndJob read(TuningJob job) {
    TunedModel model = job.getTunedModel();
    return new BackEndJob(
        job.getName(),
        state(job),
        emptyToNull(model.getModel()),
        emptyToNull(model.getEndpoint()),
        fault(job),
        usage(job));
  }

  /** How far a job is, as the service tells it: its last checkpoint, else since when it trains. */
  static Optional<String> progress(TuningJob job) {
    List<TunedModelCheckpoint> checkpoints = job.getTunedModel().getCheckpointsList();
    if (!checkpoints.isEmpty()) {
      TunedModelCheckpoint last = checkpoints.get(checkpoints.size() - 1);
      return Optional.of("epoch " + last.getEpoch() + ", step " + last.getStep());
    }
    return job.hasStartTime()
        ? Optional.of(
            "training since "
                + TimeOfDay.utc(Instant.ofEpochSecond(job.getStartTime().getSeconds())))
        : Optional.empty();
  }

  private static SupervisedHyperParameters hyperparameters(Hyperparameters given)
      throws BackEndException {
    return SupervisedHyperParameters.newBuilder()
        .setEpochCount(given.epochs())
        .setAdapterSize(adapterSize(given.adapterSize()))
        .setLearningRateMultiplier(given.learningRateMultiplier())
        .build();
  }

  private static AdapterSize adapterSize(int size) throws BackEndException {
    return switch (size) {
      case 1 -> AdapterSize.ADAPTER_SIZE_ONE;
      case 2 -> AdapterSize.ADAPTER_SIZE_TWO;
      case 4 -> AdapterSize.ADAPTER_SIZE_FOUR;
      case 8 -> AdapterSize.ADAPTER_SIZE_EIGHT;
      case 16 -> AdapterSize.ADAPTER_SIZE_SIXTEEN;
      default ->
          throw BackEndException.refused(
              ("Vertex AI tunes with adapters of size 1, 2, 4, 8 or 16, not %s: change"
                      + " tuning.adapterSize.")
                  .formatted(size),
              null);
    };
  }

  /**
   * A state that is unspecified, or of a later version of the service, is not known: it goes on.
   */
  private static TuningJobState state(TuningJob job) {
    return switch (job.getState()) {
      case JOB_STATE_QUEUED -> TuningJobState.QUEUED;
      case JOB_STATE_PENDING -> TuningJobState.PENDING;
      case JOB_STATE_RUNNING -> TuningJobState.RUNNING;
      case JOB_STATE_SUCCEEDED -> TuningJobState.SUCCEEDED;
      case JOB_STATE_FAILED -> TuningJobState.FAILED;
      case JOB_STATE_CANCELLING -> TuningJobState.CANCELLING;
      case JOB_STATE_CANCELLED -> TuningJobState.CANCELLED;
      case JOB_STATE_PAUSED -> TuningJobState.PAUSED;
      case JOB_STATE_EXPIRED -> TuningJobState.EXPIRED;
      case JOB_STATE_UPDATING -> TuningJobState.UPDATING;
      case JOB_STATE_PARTIALLY_SUCCEEDED -> TuningJobState.PARTIALLY_SUCCEEDED;
      case JOB_STATE_UNSPECIFIED, UNRECOGNIZED -> TuningJobState.UNKNOWN;
    };
  }

  private static @Nullable String fault(TuningJob job) {
    if (!job.hasError()) {
      return null;
    }
    Status error = job.getError();
    String said = ServiceWords.of(error.getMessage());
    return said.isEmpty() ? "code " + error.getCode() : said;
  }

  private static @Nullable Usage usage(TuningJob job) {
    if (!job.getTuningDataStats().hasSupervisedTuningDataStats()) {
      return null;
    }
    SupervisedTuningDataStats stats = job.getTuningDataStats().getSupervisedTuningDataStats();
    long tokens = stats.getTotalBillableTokenCount();
    return new Usage(
        stats.getTuningDatasetExampleCount(),
        stats.getTotalTruncatedExampleCount(),
        stats.getTruncatedExampleIndicesList(),
        stats.getDroppedExampleReasonsList().stream().map(ServiceWords::of).toList(),
        // The message has no presence: 0 is what it says where it does not say.
        tokens == 0 ? null : (Long) tokens);
  }

  private static @Nullable String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
