package dev.attune.launcher.vertex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.cloud.aiplatform.v1.JobState;
import com.google.cloud.aiplatform.v1.SupervisedHyperParameters.AdapterSize;
import com.google.cloud.aiplatform.v1.SupervisedTuningDataStats;
import com.google.cloud.aiplatform.v1.TunedModel;
import com.google.cloud.aiplatform.v1.TunedModelCheckpoint;
import com.google.cloud.aiplatform.v1.TuningJob;
import com.google.protobuf.Timestamp;
import dev.attune.config.TuningConfig;
import dev.attune.config.TuningConfig.Hyperparameters;
import dev.attune.config.TuningConfig.TuningPlace;
import dev.attune.launcher.emulator.Method;
import dev.attune.launcher.tuning.BackEndJob;
import dev.attune.launcher.tuning.BackEndJob.Usage;
import dev.attune.launcher.tuning.JobPlace;
import dev.attune.launcher.tuning.ListedJob;
import dev.attune.launcher.tuning.TuningBackEnd.StagedDataset;
import dev.attune.launcher.tuning.TuningJobState;
import dev.attune.launcher.tuning.TuningSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class VertexBackEndTest extends VertexBackEndOnEmulator {
  @Test
  void createsAJobThatSaysEverything() throws Exception {
    TuningSpec spec = spec(new Hyperparameters(5, 8, 0.5));

    BackEndJob created = backEnd.create(spec, STAGED, LEDGER);

    TuningJob job = emulator.jobs().get(0);
    assertThat(created.name()).isEqualTo(job.getName());
    assertThat(created.state()).isEqualTo(TuningJobState.PENDING);
    assertThat(job.getBaseModel()).isEqualTo("gemini-3.5-flash");
    assertThat(job.getTunedModelDisplayName()).isEqualTo("attune-" + spec.key().substring(0, 12));
    assertThat(job.getSupervisedTuningSpec().getTrainingDatasetUri()).isEqualTo(TRAINING);
    assertThat(job.getSupervisedTuningSpec().getValidationDatasetUri()).isEqualTo(VALIDATION);
    assertThat(job.getSupervisedTuningSpec().getHyperParameters().getEpochCount()).isEqualTo(5);
    assertThat(job.getSupervisedTuningSpec().getHyperParameters().getAdapterSize())
        .isEqualTo(AdapterSize.ADAPTER_SIZE_EIGHT);
    assertThat(job.getSupervisedTuningSpec().getHyperParameters().getLearningRateMultiplier())
        .isEqualTo(0.5);
    assertThat(job.getSupervisedTuningSpec().getExportLastCheckpointOnly()).isTrue();
    assertThat(job.getLabelsMap())
        .containsOnly(
            Map.entry("attune-key", spec.key()),
            Map.entry("attune-ledger", LEDGER),
            Map.entry("attune-dataset", "0123456789abcdef0123456789abcdef01234567"));
  }

  @Test
  void tellsSinceWhenTheServiceTrainsAndItsLastCheckpoint() throws Exception {
    TuningJob job =
        emulator.put(
            "us-central1",
            TuningJob.newBuilder()
                .setStartTime(Timestamp.newBuilder().setSeconds(3_600 * 14 + 200))
                .build());
    assertThat(backEnd.progress(job.getName())).isEmpty();
    backEnd.get(job.getName());
    assertThat(backEnd.progress(job.getName())).contains("training since 14:03:20 UTC");

    TuningJob further =
        emulator.put(
            "us-central1",
            TuningJob.newBuilder()
                .setTunedModel(
                    TunedModel.newBuilder()
                        .addCheckpoints(TunedModelCheckpoint.newBuilder().setEpoch(2).setStep(340)))
                .build());
    backEnd.get(further.getName());
    assertThat(backEnd.progress(further.getName())).contains("epoch 2, step 340");
  }

  @Test
  void leavesOutAValidationFileThatThereIsNot() throws Exception {
    backEnd.create(spec(), new StagedDataset(TRAINING, ""), LEDGER);

    assertThat(emulator.jobs().get(0).getSupervisedTuningSpec().getValidationDatasetUri())
        .isEmpty();
  }

  @Test
  void followsAJobToItsModel() throws Exception {
    String name = backEnd.create(spec(), STAGED, LEDGER).name();

    assertThat(backEnd.get(name).state()).isEqualTo(TuningJobState.RUNNING);
    assertThat(backEnd.get(name))
        .isEqualTo(
            new BackEndJob(
                name,
                TuningJobState.SUCCEEDED,
                "projects/123456789012/locations/us/models/7001@1",
                "projects/123456789012/locations/us/endpoints/7001",
                null,
                new Usage(3, 0, List.of(), List.of(), 30L)));
  }

  @Test
  void tellsWhatWasDropped() throws Exception {
    emulator.stats(
        SupervisedTuningDataStats.newBuilder()
            .setTuningDatasetExampleCount(3)
            .setTotalTruncatedExampleCount(2)
            .addTruncatedExampleIndices(1)
            .addTruncatedExampleIndices(3)
            .addDroppedExampleReasons("Token limit exceeded.")
            .build());
    emulator.script(JobState.JOB_STATE_SUCCEEDED);

    assertThat(backEnd.create(spec(), STAGED, LEDGER).usage())
        .isEqualTo(new Usage(3, 2, List.of(1L, 3L), List.of("Token limit exceeded"), null));
  }

  @Test
  void tellsWhyAJobFailedWithoutTheTextOfARecord() throws Exception {
    emulator.script(JobState.JOB_STATE_FAILED);
    emulator.failure(
        "Dataset example 1 of 14 contains an unsupported modality [function call] in the \"parts\""
            + " field, which is not supported by this model. JSON: {\"contents\": \"secret\"}");

    assertThat(backEnd.create(spec(), STAGED, LEDGER).fault())
        .isEqualTo(
            "Dataset example 1 of 14 contains an unsupported modality [function call] in the"
                + " \"parts\" field, which is not supported by this model");
  }

  @Test
  void cancels() throws Exception {
    String name = backEnd.create(spec(), STAGED, LEDGER).name();

    backEnd.cancel(name);

    assertThat(emulator.jobs().get(0).getState()).isEqualTo(JobState.JOB_STATE_CANCELLING);
    assertThat(backEnd.get(name).state()).isEqualTo(TuningJobState.CANCELLED);
  }

  @ParameterizedTest
  @EnumSource(value = JobState.class, mode = Mode.EXCLUDE, names = "UNRECOGNIZED")
  void knowsEveryState(JobState state) throws Exception {
    String name = backEnd.create(spec(), STAGED, LEDGER).name();
    emulator.script(state);
    TuningJob job = emulator.put("us-central1", TuningJob.getDefaultInstance());

    TuningJobState read = backEnd.get(job.getName()).state();

    assertThat(name).isNotEqualTo(job.getName());
    assertThat(read.name())
        .isEqualTo(
            state == JobState.JOB_STATE_UNSPECIFIED
                ? "UNKNOWN"
                : state.name().substring("JOB_STATE_".length()));
  }

  @Test
  void takesAStateOfALaterServiceAsOneThatGoesOn() {
    BackEndJob read =
        TuningJobs.read(TuningJob.newBuilder().setName("j").setStateValue(4711).build());

    assertThat(read.state()).isEqualTo(TuningJobState.UNKNOWN);
    assertThat(read.state().isTerminal()).isFalse();
  }

  @Test
  void findsTheJobsOfAKeyOnAllPagesTheNewestFirst() throws Exception {
    emulator.pageSize(3);
    TuningJob first = put("us-central1", spec().key());
    for (int i = 0; i < 8; i++) {
      put("us-central1", "another");
    }
    put("europe-west4", spec().key());
    TuningJob last = put("us-central1", spec().key());

    List<ListedJob> found = backEnd.find(spec());

    assertThat(found)
        .extracting(listed -> listed.job().name())
        .containsExactly(last.getName(), first.getName());
    assertThat(emulator.calls(Method.LIST)).hasSize(4);
  }

  @Test
  void findsTheJobsOfOlderVersionsInItsPlaceAlone() throws Exception {
    TuningJob former = put("us-central1", spec().formerKey());
    put("us-central1", spec().in(new JobPlace(null, "europe-west4")).formerKey());

    assertThat(backEnd.find(spec()))
        .extracting(listed -> listed.job().name(), ListedJob::ledger)
        .containsExactly(tuple(former.getName(), null));
  }

  @Test
  void listsOneProjectAndSaysWhichLedgerCreatedAJob() throws Exception {
    backEnd.create(spec(), STAGED, LEDGER);
    TuningConfig own = Configs.of(emulator);
    TuningPlace place = own.place();
    TuningPlace other =
        new TuningPlace(
            "another",
            place.location(),
            place.bucket(),
            place.endpoint(),
            true,
            place.storageEndpoint());

    assertThat(backEnd.find(spec()))
        .extracting(ListedJob::ledger, listed -> listed.place().location())
        .containsExactly(tuple(LEDGER, "us-central1"));
    try (VertexBackEnd elsewhere =
        VertexBackEnd.open(
            new TuningConfig(
                own.backEnd(),
                own.baseModel(),
                other,
                own.hyperparameters(),
                null,
                own.patience(),
                null))) {
      assertThat(elsewhere.find(spec())).isEmpty();
    }
  }

  @Test
  void findsNothingWhereNothingIs() throws Exception {
    assertThat(backEnd.find(spec())).isEmpty();
  }

  @Test
  void doesNotFindWhatTheListDoesNotShowYet() throws Exception {
    emulator.listLag(Duration.ofHours(1));
    backEnd.create(spec(), STAGED, LEDGER);

    assertThat(backEnd.find(spec())).isEmpty();
    emulator.listLag(Duration.ZERO);
    assertThat(backEnd.find(spec())).hasSize(1);
  }
}
