package dev.attune.testing.dataflowapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.dataflow.Dataflow;
import com.google.api.services.dataflow.model.CreateJobFromTemplateRequest;
import com.google.api.services.dataflow.model.FlexTemplateRuntimeEnvironment;
import com.google.api.services.dataflow.model.Job;
import com.google.api.services.dataflow.model.JobMessage;
import com.google.api.services.dataflow.model.LaunchFlexTemplateParameter;
import com.google.api.services.dataflow.model.LaunchFlexTemplateRequest;
import com.google.api.services.dataflow.model.LaunchTemplateParameters;
import com.google.api.services.dataflow.model.ListJobMessagesResponse;
import com.google.api.services.dataflow.model.ListJobsResponse;
import com.google.api.services.dataflow.model.MetricUpdate;
import dev.attune.testing.dataflowapi.DataflowCall.Kind;
import dev.attune.testing.http.CallHold;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Google's client gets from the stub. */
class DataflowStubTest {
  private static final String PROJECT = "test-project";
  private static final String REGION = "us-central1";

  private DataflowStub stub;
  private Dataflow client;

  @BeforeEach
  void start() throws IOException {
    stub = DataflowStub.start();
    client = client(stub.url());
  }

  private static Dataflow client(String url) {
    return new Dataflow.Builder(
            new NetHttpTransport(), GsonFactory.getDefaultInstance(), request -> {})
        .setRootUrl(url)
        .setApplicationName("attune-test")
        .build();
  }

  @AfterEach
  void stop() {
    stub.close();
  }

  private Dataflow.Projects.Locations.Jobs calls() {
    return client.projects().locations().jobs();
  }

  private Job create(Job job) throws IOException {
    return calls().create(PROJECT, REGION, job).execute();
  }

  private static Job named(String name, String request) {
    return new Job()
        .setName(name)
        .setClientRequestId(request)
        .setLabels(Map.of("attune-run", "r1"));
  }

  private Job get(String id) throws IOException {
    return calls().get(PROJECT, REGION, id).execute();
  }

  private static void assertRefused(int code, String text, ThrowingCallable call) {
    GoogleJsonResponseException refusal =
        Assertions.catchThrowableOfType(GoogleJsonResponseException.class, call);
    assertThat(refusal).as("no refusal").isNotNull();
    assertThat(refusal.getStatusCode()).isEqualTo(code);
    assertThat(refusal.getDetails().getMessage()).contains(text);
  }

  @Test
  void keepsAJobAsReceivedAndEchoesItsRequestId() throws IOException {
    Job created = create(named("attune-a-r1", "q1").setReplaceJobId("another"));
    assertThat(created.getClientRequestId()).isEqualTo("q1");
    assertThat(created.getCurrentState()).isEqualTo("JOB_STATE_RUNNING");
    assertThat(created.getProjectId()).isEqualTo(PROJECT);
    StubJob job = stub.jobs().get(0);
    assertThat(job.id()).isEqualTo(created.getId());
    assertThat(job.name()).isEqualTo("attune-a-r1");
    assertThat(job.labels()).isEqualTo(Map.of("attune-run", "r1"));
    assertThat(job.received().path("replaceJobId").asText()).isEqualTo("another");
  }

  @Test
  void refusesASecondActiveJobOfOneName() throws IOException {
    Job first = create(named("attune-a", "q1"));
    assertRefused(
        409,
        "There is already an active job named attune-a.",
        () -> create(named("attune-a", "q2").setReplaceJobId(first.getId())));
    create(named("attune-b", "q2"));
    calls().create(PROJECT, "europe-west1", named("attune-a", "q3")).execute();
    stub.jobs().get(0).end(JobState.DONE);
    assertThat(create(named("attune-a", "q4")).getId()).isNotEqualTo(first.getId());
    assertThat(stub.jobs()).hasSize(4);
  }

  @Test
  void answersARepeatedRequestIdWithItsJob() throws IOException {
    Job first = create(named("attune-a", "q1"));
    assertThat(create(named("attune-a", "q1")).getId()).isEqualTo(first.getId());
    stub.refuseRepeats(true);
    assertRefused(409, "q1", () -> create(named("attune-a", "q1")));
    stub.refuseRepeats(false);
    stub.jobs().get(0).end(JobState.FAILED);
    assertRefused(409, "q1", () -> create(named("attune-a", "q1")));
    assertThat(stub.jobs()).hasSize(1);
  }

  @Test
  void refusesInvalidNamesAndLabels() {
    for (String name : List.of("", "Attune", "1-attune", "attune-", "attune.a", "attune_a")) {
      assertRefused(400, "job name", () -> create(named(name, "q")));
    }
    for (Map<String, String> labels :
        List.of(
            Map.of("Run", "x"),
            Map.of("run", "1.2"),
            Map.of("run", "A"),
            Map.of("run", "x".repeat(64)))) {
      assertRefused(400, "label", () -> create(named("attune-a", "q").setLabels(labels)));
    }
    assertThat(stub.jobs()).isEmpty();
  }

  @Test
  void listsByFilterAndNameWithoutLabels() throws IOException {
    for (String name : List.of("attune-a", "attune-b", "attune-c")) {
      create(named(name, name));
    }
    stub.jobs().get(1).end(JobState.DONE);
    stub.pageSize(1);
    assertThat(names("ACTIVE")).containsExactly("attune-c", "attune-a");
    assertThat(names("TERMINATED")).containsExactly("attune-b");
    assertThat(names("ALL")).containsExactly("attune-c", "attune-b", "attune-a");
    ListJobsResponse page =
        calls().list(PROJECT, REGION).setFilter("ACTIVE").setName("attune-a").execute();
    assertThat(page.getNextPageToken()).isNull();
    assertThat(page.getJobs()).singleElement().extracting(Job::getLabels).isNull();
    String id = page.getJobs().get(0).getId();
    assertThat(get(id).getLabels()).isNull();
    assertThat(calls().get(PROJECT, REGION, id).setView("JOB_VIEW_ALL").execute().getLabels())
        .isEqualTo(Map.of("attune-run", "r1"));
    assertRefused(404, "nothing", () -> get("nothing"));
  }

  private List<String> names(String filter) throws IOException {
    List<String> names = new ArrayList<>();
    @Nullable String token = null;
    do {
      ListJobsResponse page =
          calls().list(PROJECT, REGION).setFilter(filter).setPageToken(token).execute();
      page.getJobs().forEach(job -> names.add(job.getName()));
      token = page.getNextPageToken();
    } while (token != null);
    return names;
  }

  @Test
  void movesAJobThroughItsScript() throws IOException {
    stub.script(
        JobScript.of()
            .queued(1)
            .pending(1)
            .running(2)
            .counter("Read", "dev.attune.Read", "read", 7)
            .message(Importance.WARNING, "slow")
            .message(Importance.DETAILED, "detail")
            .failed("ATTUNE-REFUSED: no database")
            .counter("Read", "dev.attune.Read", "read", 9)
            .service("TotalVcpuTime", 3600));
    String id = create(named("attune-a", "q")).getId();
    List<String> states = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      states.add(get(id).getCurrentState());
    }
    assertThat(states)
        .containsExactly("JOB_STATE_QUEUED", "JOB_STATE_PENDING", "JOB_STATE_RUNNING");
    assertThat(messages(id, null)).containsExactly(tuple("JOB_MESSAGE_WARNING", "slow"));
    assertThat(messages(id, "JOB_MESSAGE_DEBUG")).hasSize(2);
    assertThat(metrics(id))
        .containsExactly(tuple("user", "read", "7", false), tuple("user", "read", "7", true));
    get(id);
    assertThat(get(id).getCurrentState()).isEqualTo("JOB_STATE_FAILED");
    stub.pageSize(1);
    assertThat(messages(id, null))
        .containsExactly(
            tuple("JOB_MESSAGE_WARNING", "slow"),
            tuple("JOB_MESSAGE_ERROR", "ATTUNE-REFUSED: no database"));
    assertThat(metrics(id))
        .containsExactly(
            tuple("user", "read", "9", false),
            tuple("dataflow/v1b3", "TotalVcpuTime", "3600.0", false),
            tuple("user", "read", "9", true),
            tuple("dataflow/v1b3", "TotalVcpuTime", "3600.0", true));
  }

  private List<Tuple> messages(String id, @Nullable String least) throws IOException {
    List<Tuple> all = new ArrayList<>();
    @Nullable String token = null;
    do {
      ListJobMessagesResponse page =
          calls()
              .messages()
              .list(PROJECT, REGION, id)
              .setMinimumImportance(least)
              .setPageToken(token)
              .execute();
      for (JobMessage message : page.getJobMessages()) {
        all.add(tuple(message.getMessageImportance(), message.getMessageText()));
      }
      token = page.getNextPageToken();
    } while (token != null);
    return all;
  }

  private List<Tuple> metrics(String id) throws IOException {
    List<Tuple> all = new ArrayList<>();
    for (MetricUpdate metric : calls().getMetrics(PROJECT, REGION, id).execute().getMetrics()) {
      all.add(
          tuple(
              metric.getName().getOrigin(),
              metric.getName().getName(),
              metric.getScalar().toString(),
              metric.getName().getContext().containsKey("tentative")));
    }
    return all;
  }

  @Test
  void cancelsAnActiveJobOnly() throws IOException {
    String id = create(named("attune-a", "q")).getId();
    Job cancel = new Job().setRequestedState("JOB_STATE_CANCELLED");
    assertThat(calls().update(PROJECT, REGION, id, cancel).execute().getCurrentState())
        .isEqualTo("JOB_STATE_CANCELLING");
    assertThat(get(id).getCurrentState()).isEqualTo("JOB_STATE_CANCELLING");
    assertThat(get(id).getCurrentState()).isEqualTo("JOB_STATE_CANCELLED");
    assertRefused(
        400, "already finished", () -> calls().update(PROJECT, REGION, id, cancel).execute());
  }

  @Test
  void launchesTemplatesUnderUniqueNames() throws IOException {
    LaunchFlexTemplateRequest request =
        new LaunchFlexTemplateRequest()
            .setValidateOnly(true)
            .setLaunchParameter(
                new LaunchFlexTemplateParameter()
                    .setJobName("attune-nightly")
                    .setParameters(Map.of("config", "gs://bkt-a/attune.yaml"))
                    .setEnvironment(
                        new FlexTemplateRuntimeEnvironment()
                            .setAdditionalUserLabels(Map.of("team", "ml"))));
    var flex = client.projects().locations().flexTemplates();
    flex.launch(PROJECT, REGION, request).execute();
    assertThat(stub.jobs()).isEmpty();
    request.setValidateOnly(false);
    assertThat(flex.launch(PROJECT, REGION, request).execute().getJob().getName())
        .isEqualTo("attune-nightly");
    StubJob job = stub.jobs().get(0);
    assertThat(job.labels()).isEqualTo(Map.of("team", "ml"));
    assertThat(job.received().at("/launch/launchParameter/parameters/config").asText())
        .isEqualTo("gs://bkt-a/attune.yaml");
    assertRefused(409, "attune-nightly", () -> flex.launch(PROJECT, REGION, request).execute());
    var templates = client.projects().locations().templates();
    assertRefused(
        409,
        "attune-nightly",
        () ->
            templates
                .launch(
                    PROJECT, REGION, new LaunchTemplateParameters().setJobName("attune-nightly"))
                .setGcsPath("gs://bkt-a/templates/x.json")
                .execute());
    templates
        .create(PROJECT, REGION, new CreateJobFromTemplateRequest().setJobName("attune-other"))
        .execute();
    assertThat(stub.jobs()).hasSize(2);
  }

  @Test
  void injectsFaults() throws Exception {
    stub.faults().on(Kind.CREATE).nth(1).fail(503);
    assertRefused(503, "unavailable", () -> create(named("attune-a", "q")));
    assertThat(stub.jobs()).isEmpty();
    DataflowFaults.Rule lost = stub.faults().on(Kind.CREATE).loseReply();
    assertThatThrownBy(() -> create(named("attune-a", "q"))).isInstanceOf(SocketException.class);
    assertThat(stub.jobs()).hasSize(1);
    lost.remove();
    stub.faults().on(Kind.LIST).replyInstead(500);
    assertRefused(500, "Internal", () -> names("ALL"));
    stub.faults().clear();
    CallHold hold = stub.faults().on(Kind.CREATE).holdAfter();
    CompletableFuture<Job> held =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return create(named("attune-b", "q"));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    hold.awaitCall(Duration.ofSeconds(20));
    assertThat(stub.jobs()).hasSize(2);
    assertThat(held).isNotDone();
    hold.release();
    assertThat(held.get(20, TimeUnit.SECONDS).getName()).isEqualTo("attune-b");
    assertThat(stub.count(Kind.CREATE)).isGreaterThanOrEqualTo(3);
  }

  @Test
  void servesInAProcessOfItsOwn() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                DataflowStub.class.getName(),
                "--running",
                "1",
                "--failed",
                "out of memory")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = process.inputReader()) {
      client = client(String.valueOf(out.readLine()));
      String id = create(named("attune-a", "q")).getId();
      get(id);
      get(id);
      assertThat(get(id).getCurrentState()).isEqualTo("JOB_STATE_FAILED");
      assertThat(messages(id, "JOB_MESSAGE_ERROR"))
          .containsExactly(tuple("JOB_MESSAGE_ERROR", "out of memory"));
    } finally {
      process.destroyForcibly();
    }
  }
}
