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
import dev.attune.launcher.console.progress.TimeOfDay;
import dev.attune.launcher.tuning.BackEndException;
import dev.attune.launcher.tuning.BackEndJob;
import dev.attune.launcher.tuning.BackEndJob.Usage;
import dev.attune.launcher.tuning.JobPlace;
import dev.attune.launcher.tuning.ListedJob;
import dev.attune.launcher.tuning.TuningBackEnd.StagedDataset;
import dev.attune.launcher.tuning.TuningJobState;
import dev.attune.launcher.tuning.TuningSpec;
import dev.attune.message.Messages;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Converts tuning jobs to messages of the service, and back. */
final class TuningJobs {
  /** The label with the key. Vertex AI copies it to the model and its endpoint. */
  static final String KEY_LABEL = "attune-key";

  private static final String DATASET_LABEL = "attune-dataset";

  /** The label with the ledger's id; jobs of older versions do not have it. */
  private static final String LEDGER_LABEL = "attune-ledger";

  /** A label's value has at most 63 characters, a fingerprint 64 digits. */
  private static final int LABEL_LENGTH = 40;

  private static final int NAME_LENGTH = 12;

  private TuningJobs() {}

  /**
   * Returns the job of a spec. Every hyperparameter is sent, because the service's defaults can be
   * expensive. Only the last checkpoint gets an endpoint; by default each would get one.
   *
   * @param ledger the id of the ledger
   */
  static TuningJob of(TuningSpec spec, StagedDataset staged, String ledger)
      throws BackEndException {
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

  /** Returns the digits of {@code sha256:…}. */
  static String hex(String fingerprint) {
    return fingerprint.substring(fingerprint.indexOf(':') + 1);
  }

  /** Returns a job of a list. */
  static ListedJob listed(TuningJob job, JobPlace place) {
    Instant created =
        Instant.ofEpochSecond(job.getCreateTime().getSeconds(), job.getCreateTime().getNanos());
    return new ListedJob(
        read(job), created, emptyToNull(job.getLabelsOrDefault(LEDGER_LABEL, "")), place);
  }

  /** Returns a job as the service reports it. */
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

  /** Returns the progress of a job: its last checkpoint, else the start of its training. */
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
          throw BackEndException.refused(Messages.of("launcher.vertex.adapter-size", size), null);
    };
  }

  /** Returns the state of a job; an unspecified or new state of the service is unknown. */
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
    String said = ServiceMessage.of(error.getMessage());
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
        stats.getDroppedExampleReasonsList().stream().map(ServiceMessage::of).toList(),
        // 0 is the default of the field, so it means unknown.
        tokens == 0 ? null : (Long) tokens);
  }

  private static @Nullable String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
