package dev.attune.launcher.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.aiplatform.v1.JobState;
import com.google.cloud.aiplatform.v1.TuningJob;
import dev.attune.launcher.emulator.Fault;
import dev.attune.launcher.emulator.Method;
import io.grpc.Status.Code;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is said while the service is asked again, and at the end. */
class TuneWaitingTest extends TuningOnEmulator {
  @Test
  void ridesOutFaultsWhileItWatches() {
    service.faultNext(Method.GET, Fault.refused(Code.UNAVAILABLE));
    service.faultNext(Method.GET, Fault.refused(Code.INTERNAL));

    assertThat(typing.type("tune", "d")).isZero();
    assertThat(typing.err())
        .filteredOn(line -> line.contains("did not answer"))
        .hasSize(2)
        .allSatisfy(
            line ->
                assertThat(line)
                    .containsPattern("; trying again at 12:0\\d:\\d\\d UTC, until ")
                    .endsWith(" (tuning.deadline).")
                    .doesNotContain("try again"));
  }

  @Test
  void waitsUntilTheQuotaAllowsAJob() {
    TuningJob other = service.put("us-central1", TuningJob.getDefaultInstance());
    time.in(
        Duration.ofMinutes(3), () -> service.set(other.getName(), JobState.JOB_STATE_SUCCEEDED));

    assertThat(typing.type("tune", "d")).isZero();
    assertThat(typing.err())
        .filteredOn(line -> line.startsWith("Project p may not run another tuning job until one"))
        .hasSizeGreaterThan(1)
        .allMatch(line -> line.matches(".*\\); trying again at 12:0\\d:\\d\\d UTC, until .*"));
    assertThat(service.jobs()).hasSize(2);
  }

  @Test
  void endsAtTheDeadlineWhereNoQuotaBecomesFree() throws IOException {
    service.put("us-central1", TuningJob.getDefaultInstance());
    typing.configure("deadline: 5m");

    assertThat(typing.type("tune", "d")).isEqualTo(5);
    assertThat(typing.lastLine())
        .isEqualTo(
            "Tuning job " + id() + " was not created within tuning.deadline: run attune tune d.");
    assertThat(typing.type("watch", id())).isEqualTo(3);
    assertThat(typing.lastLine())
        .isEqualTo("Tuning job " + id() + " was not submitted yet: submit it with attune tune d.");
  }

  @Test
  void saysWhatItDoesWhereTheAnswerOfACreationIsLost() {
    service.faultNext(Method.CREATE, Fault.lost(Code.UNAVAILABLE));

    assertThat(typing.type("tune", "d")).isZero();

    assertThat(typing.err())
        .anyMatch(line -> line.endsWith(", so the job may exist or not."))
        .anyMatch(
            line -> line.contains("may have been sent: the back end's jobs are listed until "))
        .noneMatch(line -> line.contains("again"));
    assertThat(service.jobs()).hasSize(1);
  }

  @Test
  void leavesTheNextAttemptToThePersonWhereItMakesNone() {
    service.script(JobState.JOB_STATE_RUNNING);
    typing.type("tune", "d", "--no-wait");
    String id = id();
    service.faultNext(Method.GET, Fault.refused(Code.UNAVAILABLE));

    assertThat(typing.type("cancel", id)).isEqualTo(3);

    assertThat(typing.lastLine()).endsWith(" (UNAVAILABLE: asked for by a test); try again later.");
  }

  @Test
  void saysWhenItAsksAgainBeforeThereIsAJob() {
    service.faultNext(Method.LIST, Fault.refused(Code.UNAVAILABLE));

    assertThat(typing.type("tune", "d")).isZero();

    assertThat(typing.err())
        .filteredOn(line -> line.contains(" did not answer for the tuning jobs of "))
        .singleElement()
        .asString()
        .matches(
            ".*\\(UNAVAILABLE: asked for by a test\\); trying again at 12:00:0\\d UTC, until .*");
    assertThat(service.jobs()).hasSize(1);
  }
}
