package dev.attune.launcher.vertex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.attune.config.TuningConfig.Hyperparameters;
import dev.attune.launcher.emulator.Call;
import dev.attune.launcher.emulator.Fault;
import dev.attune.launcher.emulator.Method;
import dev.attune.launcher.tuning.BackEndException;
import dev.attune.launcher.tuning.BackEndException.Kind;
import dev.attune.launcher.tuning.TuningBackEnd.StagedDataset;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of calls that the service refuses or does not answer. */
class VertexBackEndFaultTest extends VertexBackEndOnEmulator {
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
        .message()
        .startsWith("Vertex AI at ")
        .endsWith("), so the job may exist or not");
    assertThat(emulator.calls(Method.CREATE)).hasSize(1);
    assertThat(emulator.jobs(spec().key())).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INVALID_ARGUMENT | Vertex AI refused the tuning job (asked for by a test): check the"
            + " section tuning of attune.yaml.",
        "FAILED_PRECONDITION | Vertex AI refused the tuning job (asked for by a test): check the"
            + " section tuning of attune.yaml.",
        "PERMISSION_DENIED | Vertex AI denies this account access to the tuning job (asked for by a"
            + " test): give it the role Vertex AI User (roles/aiplatform.user) on project"
            + " my-project, where the API aiplatform.googleapis.com must be enabled.",
        "UNAUTHENTICATED | Vertex AI rejected the credentials of this machine (asked for by a"
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
            () ->
                backEnd.create(
                    spec(), new StagedDataset("gs://other/train.jsonl", VALIDATION), LEDGER));

    assertThat(fault.kind()).isEqualTo(Kind.REFUSED);
    assertThat(fault)
        .hasMessage(
            "Vertex AI refused the tuning job"
                + " (tuning_job.supervised_tuning_spec.training_dataset_uri: training_dataset_uri"
                + " should be a GCS object of type JSONL): check tuning.bucket, and that the tuning"
                + " service's agent can read it.");
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
            "Project my-project may not run another tuning job until one ends or Google raises its"
                + " quota Global concurrent tuning jobs (The following quota metrics exceed quota"
                + " limits: aiplatform.googleapis.com/global_concurrent_tuning_jobs)");
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
        .hasMessageStartingWith("Vertex AI at " + emulator.endpoint() + " did not find the job ")
        .hasMessageEndingWith(
            "): the job was deleted, or tuning.endpoint is the address of another service.");
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
    assertThat(fault).hasMessageEndingWith("(UNAVAILABLE: asked for by a test)");
    assertThat(fault.sentence()).isEqualTo(fault.getMessage() + "; try again later.");
    assertThat(fault.sentence("asking again")).endsWith("asked for by a test); asking again.");
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
        .hasMessageEndingWith("Connection refused)");
  }
}
