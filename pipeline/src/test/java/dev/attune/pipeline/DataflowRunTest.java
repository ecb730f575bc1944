package dev.attune.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.attune.pipeline.prepare.PrepareClusterException;
import dev.attune.pipeline.prepare.PrepareRefusedException;
import dev.attune.pipeline.prepare.PrepareResult;
import dev.attune.pipeline.prepare.PrepareStage;
import dev.attune.pipeline.prepare.SubmittedJob;
import dev.attune.pipeline.run.PipelineRun;
import dev.attune.pipeline.run.dataflow.LaunchPoint;
import dev.attune.pipeline.run.dataflow.LaunchesInTests;
import dev.attune.pipeline.source.file.ShortLists;
import dev.attune.testing.dataflowapi.DataflowCall.Kind;
import dev.attune.testing.dataflowapi.Importance;
import dev.attune.testing.dataflowapi.JobScript;
import dev.attune.testing.dataflowapi.JobState;
import dev.attune.testing.dataflowapi.StubJob;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs on Dataflow, against stubs of its service and of Cloud Storage. */
@Timeout(180)
class DataflowRunTest {
  private static final List<String> DATASET =
      List.of(
          "lineage.jsonl",
          "manifest.json",
          "rejected.jsonl",
          "report.html",
          "train.jsonl",
          "valid.jsonl");

  @TempDir private Path folder;
  private SubmittedRuns runs;

  @BeforeEach
  void start() throws IOException {
    runs = new SubmittedRuns(folder);
  }

  @AfterEach
  void stop() {
    runs.close();
  }

  private StubJob job() {
    assertThat(runs.service.jobs()).hasSize(1);
    return runs.service.jobs().get(0);
  }

  @Test
  void submitsOneJobAndWaitsForItsDataset() throws Exception {
    runs.service.script(
        JobScript.of()
            .pending(1)
            .running(1)
            .counter("Read/Generated", "dev.attune.pipeline.source.generated.X", "read", 12)
            .message(Importance.WARNING, "Autoscaling is slow.")
            .done()
            .service("TotalVcpuTime", 3600)
            .service("TotalMemoryUsage", 8 * 1024 * 3600.0));
    PrepareResult result = runs.run();

    assertThat(result.unchanged()).isFalse();
    assertThat(result.summary().counts().totalRead()).isEqualTo(12);
    assertThat(result.directory()).hasToString("gs://bkt-a/out/answers/one");
    assertThat(runs.published()).isEqualTo(DATASET);
    assertThat(runs.left()).isEmpty();
    assertThat(job().name()).isEqualTo("attune-answers-one");
    assertThat(job().labels())
        .containsEntry("attune-dataset", "answers")
        .containsEntry("attune-run", "one")
        .containsKeys("attune-input", "attune-version");
    assertThat(job().received().at("/environment/experiments").toString())
        .contains("use_runner_v2");
    assertThat(runs.told)
        .anyMatch(line -> line.startsWith("Dataflow job attune-answers-one in us-central1"))
        .anyMatch(line -> line.contains("https://console.cloud.google.com/dataflow/jobs/"))
        .contains("Dataflow warns: Autoscaling is slow.")
        .anyMatch(line -> line.startsWith("The job took 1.00 vCPU hours"));
    assertThat(runs.stages).contains(PrepareStage.READ);
  }

  @Test
  void makesTheSameDatasetFromAListOfRangesInAFile() throws Exception {
    runs.run();
    Map<String, String> expected = runs.content();
    runs.close();
    runs = new SubmittedRuns(Files.createDirectory(folder.resolve("again")));
    ShortLists.keepOut();
    try {
      LaunchesInTests.killAt(LaunchPoint.BUILT);
      assertThatThrownBy(() -> runs.run()).isInstanceOf(LaunchesInTests.KilledLaunch.class);
      assertThat(runs.left()).anyMatch(name -> name.contains("/list-"));
      LaunchesInTests.killNone();
      runs.run();
    } finally {
      ShortLists.reset();
    }
    assertThat(runs.content()).isEqualTo(expected);
    assertThat(runs.left()).isEmpty();
  }

  @Test
  void submitsNothingForADatasetThatStands() throws Exception {
    PrepareResult first = runs.run();
    PrepareResult second = runs.run();
    assertThat(second.unchanged()).isTrue();
    assertThat(second.summary().fingerprint()).isEqualTo(first.summary().fingerprint());
    assertThat(second.summary().counts()).isEqualTo(first.summary().counts());
    job();
  }

  @ParameterizedTest
  @EnumSource(LaunchPoint.class)
  void makesOneJobWhereverTheLauncherIsKilled(LaunchPoint point) throws Exception {
    LaunchesInTests.killAt(point);
    assertThatThrownBy(() -> runs.run()).isInstanceOf(LaunchesInTests.KilledLaunch.class);
    LaunchesInTests.killNone();
    PrepareResult result = runs.run();
    assertThat(result.summary().counts().totalRead()).isEqualTo(12);
    assertThat(result.unchanged()).isEqualTo(point == LaunchPoint.ENDED);
    assertThat(runs.published()).isEqualTo(DATASET);
    job();
    if (point != LaunchPoint.ENDED) {
      assertThat(runs.left()).isEmpty();
    }
  }

  @Test
  void adoptsTheJobOfALaunchThatDidNotWait() throws Exception {
    runs.service.script(JobScript.of().runningOn());
    SubmittedJob submitted = runs.submit().orElseThrow();
    assertThat(submitted.id()).isEqualTo(job().id());
    assertThat(runs.submit()).contains(submitted);
    job().end(JobState.DONE);
    assertThat(runs.submit()).isEqualTo(Optional.empty());
    assertThat(runs.run().unchanged()).isTrue();
    job();
  }

  @Test
  void refusesAnActiveJobOfOtherInput() throws Exception {
    runs.service.script(JobScript.of().runningOn());
    runs.workersDoNothing();
    runs.submit();
    runs.input(13);
    assertThatThrownBy(() -> runs.run())
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessageContaining("is of other input");
    assertThat(job().state()).isEqualTo(JobState.RUNNING);
  }

  @Test
  void adoptsTheJobBehindARefusedCreateCall() throws Exception {
    runs.service.faults().on(Kind.LIST).nth(1, 2).after(call -> {});
    runs.service.refuseRepeats(true);
    runs.service.faults().on(Kind.CREATE).nth(1).replyInstead(503);
    PrepareResult result = runs.run();
    assertThat(result.unchanged()).isFalse();
    assertThat(runs.published()).isEqualTo(DATASET);
    assertThat(runs.service.count(Kind.CREATE)).isEqualTo(2);
    job();
  }

  @Test
  void repeatsACreateCallWhoseReplyWasLost() throws Exception {
    runs.service.faults().on(Kind.CREATE).nth(1).loseReply();
    assertThat(runs.run().summary().counts().totalRead()).isEqualTo(12);
    job();
  }

  @Test
  void refusesAtOnceWhatTheServiceRefuses() {
    runs.service.faults().on(Kind.CREATE).fail(403);
    assertThatThrownBy(() -> runs.run())
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessageContaining("status 403")
        .hasMessageContaining("cannot act as service account");
    assertThat(runs.service.jobs()).isEmpty();
    assertThat(runs.left()).isEmpty();
  }

  @Test
  void endsWithTheSentenceOfAWorkersRefusal() {
    runs.workersDoNothing();
    runs.service.script(
        JobScript.of()
            .running(1)
            .failed(
                "Error message from worker: java.lang.RuntimeException:"
                    + " dev.attune.pipeline.source.feedback.SourceLostException:"
                    + " ATTUNE-REFUSED: The database is gone: start it.\n\tat a.b.C"));
    assertThatThrownBy(() -> runs.run())
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessage("The database is gone: start it.");
    assertThat(runs.left()).isEmpty();
  }

  @Test
  void tellsHowAJobFailedOrWasCancelled() {
    runs.workersDoNothing();
    runs.service.script(JobScript.of().running(1).failed("The zone is full."));
    assertThatThrownBy(() -> runs.run())
        .isInstanceOf(PrepareClusterException.class)
        .hasMessageContaining("The zone is full.");
    runs.service.script(JobScript.of().running(1).cancelled());
    assertThatThrownBy(() -> runs.run())
        .isInstanceOf(PrepareClusterException.class)
        .hasMessageContaining("was cancelled");
    assertThat(runs.service.jobs()).hasSize(2);
    assertThat(runs.left()).isEmpty();
    assertThat(runs.published()).isEmpty();
  }

  @Test
  void leavesTheJobAloneWhenTheServiceIsLost() throws Exception {
    runs.service.script(JobScript.of().runningOn());
    runs.service.faults().on(Kind.GET).nth(3, 3).fail(403);
    assertThatThrownBy(() -> runs.run()).isInstanceOf(PrepareRefusedException.class);
    assertThat(job().state()).isEqualTo(JobState.RUNNING);
    job().end(JobState.DONE);
    assertThat(runs.run().unchanged()).isTrue();
    job();
  }

  @Test
  void refusesAJobThatCostsMoreThanTheCap() throws Exception {
    Path yaml = runs.config("maxCostUsd: 0.001");
    assertThatThrownBy(() -> runs.launch(yaml).run(runs.progress()))
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessageContaining("dataflow.maxCostUsd");
    assertThat(runs.service.jobs()).isEmpty();
    assertThat(runs.left()).isEmpty();
  }

  @Test
  void sendsWhatTheConfigurationSays() throws Exception {
    Path yaml =
        runs.config(
            "subnetwork: regions/us-central1/subnetworks/s",
            "usePublicIps: false",
            "maxWorkers: 7",
            "serviceAccount: w@test-project.iam.gserviceaccount.com",
            "labels: {team: ml}");
    runs.launch(yaml, "--workerMachineType=n1-standard-2", "--labels={\"cost\":\"x\"}")
        .run(runs.progress());
    var environment = job().received().path("environment");
    var pool = environment.at("/workerPools/0");
    assertThat(environment.path("serviceAccountEmail").asText())
        .isEqualTo("w@test-project.iam.gserviceaccount.com");
    assertThat(pool.at("/autoscalingSettings/maxNumWorkers").asInt()).isEqualTo(7);
    assertThat(pool.path("ipConfiguration").asText()).isEqualTo("WORKER_IP_PRIVATE");
    assertThat(pool.path("subnetwork").asText()).isEqualTo("regions/us-central1/subnetworks/s");
    assertThat(pool.path("machineType").asText()).isEqualTo("n1-standard-2");
    assertThat(job().labels()).containsEntry("team", "ml").containsEntry("cost", "x");
  }

  @Test
  void writesATemplateWhoseJobMakesTheDatasetOnce() throws Exception {
    runs.run();
    Map<String, String> expected = runs.content();
    runs.close();
    runs = new SubmittedRuns(Files.createDirectory(folder.resolve("again")));
    PipelineRun launch =
        runs.launch(runs.config(), "--templateLocation=gs://bkt-a/templates/answers.json");

    assertThat(launch.writeTemplate(runs.progress()))
        .hasToString("gs://bkt-a/templates/answers.json");

    assertThat(runs.service.count(Kind.CREATE)).isZero();
    assertThat(runs.bucket.names("out/")).isEmpty();
    JsonNode job = new ObjectMapper().readTree(runs.bucket.read("templates/answers.json"));
    assertThat(job.path("name").asText()).isEqualTo("attune-answers-one");
    assertThat(job.at("/labels/attune-dataset").asText()).isEqualTo("answers");
    assertThat(job.has("clientRequestId")).isFalse();
    assertThat(job.toString()).doesNotContain(folder.toString());

    runs.workHere();
    assertThat(runs.content()).isEqualTo(expected);
    assertThat(runs.left()).isEmpty();
    long manifest = runs.bucket.generation(SubmittedRuns.RUN + "manifest.json");
    runs.run();
    assertThat(runs.service.count(Kind.CREATE)).isZero();
    assertThat(runs.bucket.generation(SubmittedRuns.RUN + "manifest.json")).isEqualTo(manifest);
  }

  @Test
  void publishesNothingFromATemplateBesideAnotherLaunch() throws Exception {
    PipelineRun launch =
        runs.launch(runs.config(), "--templateLocation=" + folder.resolve("answers.json"));
    launch.writeTemplate(runs.progress());
    assertThat(folder.resolve("answers.json")).isNotEmptyFile();
    runs.bucket.put("out/answers/.lock.one", new byte[0], Map.of("attune-owner", "another"));

    runs.workHere();

    List<String> outcomes =
        runs.bucket.names("tmp/attune-answers-one-").stream()
            .filter(name -> name.endsWith("outcome.json"))
            .toList();
    assertThat(outcomes).hasSize(1);
    assertThat(runs.bucket.read(outcomes.get(0)))
        .asString(StandardCharsets.UTF_8)
        .contains("Another launch has taken over the lock");
    assertThat(runs.published()).isEmpty();
    assertThat(runs.left()).containsExactly("out/answers/.lock.one");
  }

  @Test
  void refusesToWaitForATemplate() throws Exception {
    PipelineRun launch =
        runs.launch(runs.config(), "--templateLocation=gs://bkt-a/templates/answers.json");
    assertThatThrownBy(() -> launch.run(runs.progress()))
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessageContaining("--templateLocation");
    assertThatThrownBy(() -> launch.submit(runs.progress()))
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessageContaining("--templateLocation");
  }

  @Test
  void refusesAnotherName() throws Exception {
    Path yaml = runs.config();
    assertThatThrownBy(() -> runs.launch(yaml, "--jobName=mine"))
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessageContaining("--jobName")
        .satisfies(e -> assertThat(((PrepareRefusedException) e).isUsage()).isTrue());
  }
}
