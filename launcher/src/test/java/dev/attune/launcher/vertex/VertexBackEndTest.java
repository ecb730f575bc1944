package dev.attune.launcher.vertex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.google.cloud.aiplatform.v1.JobState;
import com.google.cloud.aiplatform.v1.SupervisedHyperParameters.AdapterSize;
import com.google.cloud.aiplatform.v1.SupervisedTuningDataStats;
import com.google.cloud.aiplatform.v1.SupervisedTuningSpec;
import com.google.cloud.aiplatform.v1.TuningJob;
import dev.attune.config.TuningConfig;
import dev.attune.config.TuningConfig.Hyperparameters;
import dev.attune.config.TuningConfig.Place;
import dev.attune.launcher.emulator.Call;
import dev.attune.launcher.emulator.Fault;
import dev.attune.launcher.emulator.Method;
import dev.attune.launcher.emulator.VertexEmulator;
import dev.attune.launcher.tuning.BackEndException;
import dev.attune.launcher.tuning.BackEndException.Kind;
import dev.attune.launcher.tuning.BackEndJob;
import dev.attune.launcher.tuning.BackEndJob.Usage;
import dev.attune.launcher.tuning.JobPlace;
import dev.attune.launcher.tuning.ListedJob;
import dev.attune.launcher.tuning.TuningBackEnd.Staged;
import dev.attune.launcher.tuning.TuningJobState;
import dev.attune.launcher.tuning.TuningSpec;
import io.grpc.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class VertexBackEndTest {
  private static final String FINGERPRINT = "sha256:" + "0123456789abcdef".repeat(4);
  private static final String TRAINING = "gs://" + VertexEmulator.BUCKET + "/d/train.jsonl";
  private static final String VALIDATION = "gs://" + VertexEmulator.BUCKET + "/d/valid.jsonl";
  private static final Staged STAGED = new Staged(TRAINING, VALIDATION);

  private static final String LEDGER = "0f0e0d0c-0b0a-4000-8000-112233445566";

  private VertexEmulator emulator;
  private VertexBackEnd backEnd;

  @BeforeEach
  void start() throws Exception {
    emulator = VertexEmulator.start();
    emulator.putObject(TRAINING, "{}\n{}\n{}\n".getBytes(StandardCharsets.UTF_8));
    emulator.putObject(VALIDATION, "{}\n".getBytes(StandardCharsets.UTF_8));
    backEnd = VertexBackEnd.open(Configs.of(emulator));
  }

  @AfterEach
  void stop() {
    backEnd.close();
    emulator.close();
  }

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
  void leavesOutAValidationFileThatThereIsNot() throws Exception {
    backEnd.create(spec(), new Staged(TRAINING, ""), LEDGER);

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
    Place place = own.place();
    Place other =
        new Place(
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

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {
        "UNAVAILABLE",
        "DEADLINE_EXCEEDED",
        "INTERNAL",
        "UNKNOWN",
        "CANCELLED",
        "ABORTED",
        "DATA_LOSS",
        "RESOURCE_EXHAUSTED"
      })
  void asksOnceAndDoesNotKnowWhetherThereIsAJob(Status.Code code) {
    emulator.faultNext(Method.CREATE, Fault.lost(code));

    BackEndException fault = createFails();

    assertThat(fault.kind()).isEqualTo(Kind.UNCERTAIN);
    assertThat(fault)
        .hasMessageContaining("so the job may exist or not; run attune tune again, which looks");
    assertThat(emulator.calls(Method.CREATE)).hasSize(1);
    assertThat(emulator.jobs(spec().key())).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INVALID_ARGUMENT | Vertex AI refused the tuning job (asked for by a test): check the part"
            + " tuning of attune.yaml.",
        "FAILED_PRECONDITION | Vertex AI refused the tuning job (asked for by a test): check the"
            + " part tuning of attune.yaml.",
        "PERMISSION_DENIED | Vertex AI denies this account the tuning job (asked for by a test):"
            + " give it the role Vertex AI User (roles/aiplatform.user) on project my-project,"
            + " where the API aiplatform.googleapis.com must be enabled.",
        "UNAUTHENTICATED | Vertex AI did not take the credentials of this machine (asked for by a"
            + " test): log in again with gcloud auth application-default login.",
      })
  void isRefusedForGood(Status.Code code, String sentence) {
    emulator.faultNext(Method.CREATE, Fault.refused(code));

    BackEndException fault = createFails();

    assertThat(fault.kind()).isEqualTo(Kind.REFUSED);
    assertThat(fault).hasMessage(sentence);
    assertThat(emulator.calls(Method.CREATE)).hasSize(1);
  }

  @Test
  void namesTheFieldThatTheServiceRefuses() {
    BackEndException fault =
        catchThrowableOfType(
            BackEndException.class,
            () -> backEnd.create(spec(), new Staged("gs://other/train.jsonl", VALIDATION), LEDGER));

    assertThat(fault.kind()).isEqualTo(Kind.REFUSED);
    assertThat(fault)
        .hasMessage(
            "Vertex AI refused the tuning job"
                + " (tuning_job.supervised_tuning_spec.training_dataset_uri: training_dataset_uri"
                + " should be a GCS object of type JSONL): check tuning.bucket, and that the tuning"
                + " service's agent may read it.");
  }

  @Test
  void saysThatAnotherJobRuns() throws Exception {
    backEnd.create(spec(), STAGED, LEDGER);

    BackEndException fault =
        catchThrowableOfType(
            BackEndException.class,
            () -> backEnd.create(spec(new Hyperparameters(4, 4, 1.0)), STAGED, LEDGER));

    assertThat(fault.kind()).isEqualTo(Kind.QUOTA);
    assertThat(fault)
        .hasMessage(
            "Project my-project may not run another tuning job now (The following quota metrics"
                + " exceed quota limits: aiplatform.googleapis.com/global_concurrent_tuning_jobs):"
                + " wait until one ends, or ask Google for more of the quota Global concurrent"
                + " tuning jobs.");
    assertThat(emulator.jobs()).hasSize(1);
  }

  @Test
  void refusesAnAdapterSizeThatThereIsNotBeforeAnyCall() {
    BackEndException fault =
        catchThrowableOfType(
            BackEndException.class,
            () -> backEnd.create(spec(new Hyperparameters(3, 5, 1.0)), STAGED, LEDGER));

    assertThat(fault.kind()).isEqualTo(Kind.REFUSED);
    assertThat(fault)
        .hasMessage(
            "Vertex AI tunes with adapters of size 1, 2, 4, 8 or 16, not 5: change"
                + " tuning.adapterSize.");
    assertThat(emulator.calls()).isEmpty();
  }

  @Test
  void doesNotKnowAJobThatIsGone() {
    String name = "projects/my-project/locations/us-central1/tuningJobs/1";

    BackEndException got = catchThrowableOfType(BackEndException.class, () -> backEnd.get(name));
    BackEndException cancelled =
        catchThrowableOfType(BackEndException.class, () -> backEnd.cancel(name));

    assertThat(got.kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(got)
        .hasMessageStartingWith("Vertex AI at " + emulator.endpoint() + " does not know the job ")
        .hasMessageEndingWith("): check tuning.project and tuning.location.");
    assertThat(cancelled.kind()).isEqualTo(Kind.NOT_FOUND);
  }

  /** Nobody must take it for a list without jobs. */
  @Test
  void isRefusedTheListOfALocationThatThereIsNot() {
    emulator.faultNext(Method.LIST, Fault.refused(Status.Code.NOT_FOUND));

    BackEndException fault =
        catchThrowableOfType(BackEndException.class, () -> backEnd.find(spec()));

    assertThat(fault.kind()).isEqualTo(Kind.REFUSED);
    assertThat(fault)
        .hasMessageContaining(" answered NOT_FOUND for the tuning jobs of projects/my-project/");
  }

  @Test
  void knowsJobsByTheirWholeNameOnly() {
    BackEndException fault =
        catchThrowableOfType(BackEndException.class, () -> backEnd.get("7001"));

    assertThat(fault.kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(emulator.calls()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Method.class,
      names = {"GET", "LIST", "CANCEL"})
  void asksOnceWhoeverDoesNotAnswer(Method method) throws Exception {
    String name = backEnd.create(spec(), STAGED, LEDGER).name();
    emulator.faultNext(method, Fault.refused(Status.Code.UNAVAILABLE));

    BackEndException fault =
        catchThrowableOfType(
            BackEndException.class,
            () -> {
              switch (method) {
                case GET -> backEnd.get(name);
                case LIST -> backEnd.find(spec());
                default -> backEnd.cancel(name);
              }
            });

    assertThat(fault.kind()).isEqualTo(Kind.UNCERTAIN);
    assertThat(fault).hasMessageEndingWith("(UNAVAILABLE: asked for by a test); try again later.");
    assertThat(emulator.calls(method)).hasSize(1);
  }

  @Test
  void endsEveryCallWithinItsDeadline() throws Exception {
    String name = backEnd.create(spec(), STAGED, LEDGER).name();
    emulator.faultNext(Method.CREATE, Fault.silent());
    emulator.faultNext(Method.GET, Fault.silent());
    emulator.faultNext(Method.CANCEL, Fault.slow(Duration.ofSeconds(30)));
    try (VertexBackEnd hasty = VertexBackEnd.open(Configs.of(emulator, Duration.ofMillis(300)))) {
      emulator.concurrentJobs(2);

      BackEndException created =
          catchThrowableOfType(BackEndException.class, () -> hasty.create(spec(), STAGED, LEDGER));
      BackEndException got = catchThrowableOfType(BackEndException.class, () -> hasty.get(name));
      BackEndException cancelled =
          catchThrowableOfType(BackEndException.class, () -> hasty.cancel(name));

      assertThat(List.of(created, got, cancelled))
          .extracting(BackEndException::kind)
          .containsOnly(Kind.UNCERTAIN);
      assertThat(created).hasMessageContaining("(no answer within tuning.callDeadline, 0 s)");
    }
    assertThat(emulator.jobs(spec().key())).isEqualTo(2);
  }

  @Test
  void hasOneDeadlineForAllPages() throws Exception {
    emulator.pageSize(1);
    for (int i = 0; i < 40; i++) {
      put("us-central1", "another");
    }
    for (int i = 0; i < 40; i++) {
      emulator.faultNext(Method.LIST, Fault.slow(Duration.ofMillis(50)));
    }
    try (VertexBackEnd hasty = VertexBackEnd.open(Configs.of(emulator, Duration.ofMillis(600)))) {
      BackEndException fault =
          catchThrowableOfType(BackEndException.class, () -> hasty.find(spec()));

      assertThat(fault.kind()).isEqualTo(Kind.UNCERTAIN);
    }
    assertThat(emulator.calls(Method.LIST)).hasSizeBetween(1, 20);
  }

  @Test
  void sendsADeadlineAndNoCredentialsWithEveryCall() throws Exception {
    String name = backEnd.create(spec(), STAGED, LEDGER).name();
    backEnd.get(name);
    backEnd.find(spec());
    backEnd.cancel(name);

    assertThat(emulator.calls())
        .hasSize(4)
        .allSatisfy(
            call -> {
              assertThat(call.deadline()).isBetween(Duration.ZERO, Duration.ofSeconds(20));
              assertThat(call.authorized()).isFalse();
            })
        .extracting(Call::outcome)
        .containsOnly("OK");
  }

  @Test
  void saysWhereNobodyListens() throws Exception {
    String address = emulator.endpoint();
    emulator.close();

    BackEndException fault =
        catchThrowableOfType(BackEndException.class, () -> backEnd.find(spec()));

    assertThat(fault.kind()).isEqualTo(Kind.UNCERTAIN);
    assertThat(fault)
        .hasMessageStartingWith(
            "Vertex AI at "
                + address
                + " did not answer for the tuning jobs of projects/my-project/locations/us-central1"
                + " (UNAVAILABLE: ")
        .hasMessageEndingWith("Connection refused); try again later.");
  }

  private BackEndException createFails() {
    return catchThrowableOfType(
        BackEndException.class, () -> backEnd.create(spec(), STAGED, LEDGER));
  }

  private TuningJob put(String location, String key) throws IOException {
    return emulator.put(
        location,
        TuningJob.newBuilder()
            .putLabels("attune-key", key)
            .setSupervisedTuningSpec(
                SupervisedTuningSpec.newBuilder().setTrainingDatasetUri(TRAINING))
            .build());
  }

  private static TuningSpec spec() {
    return spec(Configs.HYPERPARAMETERS);
  }

  private static TuningSpec spec(Hyperparameters hyperparameters) {
    return new TuningSpec(
        FINGERPRINT, "vertex", "gemini-3.5-flash", "us-central1", hyperparameters);
  }
}
