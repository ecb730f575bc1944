package dev.attune.launcher.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.aiplatform.v1.JobState;
import com.google.cloud.aiplatform.v1.TuningJob;
import dev.attune.config.TuningConfig.Hyperparameters;
import dev.attune.launcher.emulator.Fault;
import dev.attune.launcher.emulator.Method;
import dev.attune.launcher.emulator.Moment;
import dev.attune.launcher.emulator.VertexEmulator;
import dev.attune.schema.SchemaFile;
import io.grpc.Status.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the user of the commands sees of one key with one job, wherever it is. */
class PaidOnceTest {
  private static final String ELSEWHERE = "location: europe-west4";

  @TempDir private Path directory;

  private final FakeTime time = new FakeTime();
  private VertexEmulator service;
  private Typing typing;

  @BeforeEach
  void start() throws IOException {
    service = VertexEmulator.start(time);
    service.concurrentJobs(9);
    typing = new Typing(directory, service, time);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private JsonNode jobs() throws IOException {
    assertThat(typing.type("jobs", "--json")).isZero();
    JsonNode document = new ObjectMapper().readTree(typing.out());
    assertThat(SchemaFile.JOBS.validate(document)).isEmpty();
    return document.path("jobs");
  }

  private String id() {
    return typing.out().lines().findFirst().orElseThrow().substring("job".length()).strip();
  }

  @ParameterizedTest
  @ValueSource(strings = {ELSEWHERE, "project: q", "project: q, location: europe-west4"})
  void goesOnWithTheJobWhereItWasRequested(String place) throws IOException {
    assertThat(typing.type("tune", "d", "--no-wait")).isZero();
    String id = id();
    typing.configure(place);

    assertThat(typing.type("tune", "d")).isZero();
    assertThat(id()).isEqualTo(id);
    assertThat(typing.err())
        .filteredOn(line -> line.contains("was requested in"))
        .singleElement()
        .asString()
        .startsWith(id + " was requested in us-central1 of project p and continues there. ")
        .endsWith(": --again starts another job there.");
    assertThat(service.jobs()).hasSize(1);
    assertThat(jobs().get(0).path("project").textValue()).isEqualTo("p");
    assertThat(jobs().get(0).path("location").textValue()).isEqualTo("us-central1");

    // Once it has succeeded it counts whatever the place.
    assertThat(typing.type("tune", "d")).isZero();
    assertThat(typing.err())
        .containsExactly("Nothing new to do: " + id + " is already tuned on this dataset.");
    assertThat(typing.type("tune", "d", "--again")).isZero();
    assertThat(service.jobs()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {ELSEWHERE, "project: q"})
  void looksForAJobOfUnknownFateWhereItWasRequested(String place) throws IOException {
    typing.configure("deadline: 1s");
    service.faultNext(Method.CREATE, Fault.lost(Code.UNAVAILABLE));
    service.listLag(Duration.ofSeconds(15));
    assertThat(typing.type("tune", "d")).isEqualTo(5);
    typing.configure(place);

    assertThat(typing.type("tune", "d")).isZero();
    assertThat(typing.err())
        .anyMatch(line -> line.contains("continues there. attune.yaml now says"));
    assertThat(service.jobs()).hasSize(1);
    assertThat(jobs()).hasSize(1);
  }

  @Test
  void requestsInTheNewPlaceWhatWasCreatedNowhere() throws IOException {
    service.faultNext(Method.CREATE, Fault.refused(Code.UNAVAILABLE));
    typing.configure("deadline: 1s");
    assertThat(typing.type("tune", "d")).isEqualTo(5);
    typing.configure(ELSEWHERE);

    assertThat(typing.type("tune", "d")).isZero();
    assertThat(service.jobs()).hasSize(1);
    assertThat(service.jobs().get(0).getName()).contains("/locations/europe-west4/");
    assertThat(jobs().get(0).path("location").textValue()).isEqualTo("europe-west4");
  }

  @Test
  void startsAnotherInTheNewPlaceWhereItIsAskedTo() throws IOException {
    service.script(JobState.JOB_STATE_RUNNING);
    typing.type("tune", "d", "--no-wait");
    String first = id();
    typing.configure(ELSEWHERE);
    service.script(JobState.JOB_STATE_PENDING, JobState.JOB_STATE_SUCCEEDED);

    assertThat(typing.type("tune", "d", "--again")).isZero();
    String second = id();
    assertThat(second).isNotEqualTo(first).endsWith("-2");
    assertThat(typing.err())
        .contains(
            first
                + " may still run in us-central1 of project p and cost money too: attune cancel "
                + first
                + " cancels it.");
    assertThat(service.jobs()).hasSize(2);
    JsonNode left = jobs().get(1);
    assertThat(left.path("id").textValue()).isEqualTo(first);
    assertThat(left.path("state").textValue()).isEqualTo("RUNNING");
    assertThat(left.path("changes").findValuesAsText("note"))
        .anyMatch(note -> note.startsWith(second + " replaces it in europe-west4 of project p"));

    // Back in the first place: the job that counts is the second, and the first can be ended.
    typing.configure("");
    assertThat(typing.type("tune", "d")).isZero();
    assertThat(id()).isEqualTo(second);
    assertThat(typing.type("cancel", first)).isZero();
    assertThat(typing.type("watch", first)).isEqualTo(4);
    assertThat(service.jobs()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"maxCostUsd: 0.000001", "baseModel: gemini-3.5-flash, baseModels: ended.json"})
  void takesOverAJobThatWouldBeRefused(String tuning) throws IOException {
    Files.writeString(
        directory.resolve("ended.json"),
        """
        {"models": [{"name": "gemini-3.5-flash", "format": "gemini", "trainingBytes": 1000000,
          "trainingExamples": 1000, "tokens": 1000, "adapterSizes": [4], "tuneIn":
          ["us-central1"], "preview": false, "retiredOn": "2026-01-01", "source": "s",
          "checkedOn": "2026-11-20", "price": {"usdPerMillionTrainingTokens": 1.0, "source": "s",
          "checkedOn": "2026-11-20"}}]}
        """);
    typing.type("tune", "d", "--no-wait");
    typing.configure("elsewhere", tuning);

    assertThat(typing.type("tune", "d")).isZero();
    assertThat(typing.err().get(0)).startsWith("Estimated at US$ ");
    assertThat(typing.err().get(1))
        .startsWith(
            "Warning: the job exists already and is adopted, although it would be refused now: ");
    assertThat(typing.err()).anyMatch(line -> line.startsWith("Adopted projects/"));
    assertThat(service.jobs()).hasSize(1);
  }

  @Test
  void saysWhatIsRefusedAlsoWhereNobodyCanBeAsked() throws IOException {
    typing.configure("maxCostUsd: 0.000001");
    service.faultNext(Method.LIST, Fault.refused(Code.UNAUTHENTICATED));

    assertThat(typing.type("tune", "d")).isEqualTo(3);
    assertThat(typing.lastLine()).contains("above the cost cap of US$ 0.000001");
  }

  @Test
  void takesOverTheJobThatAnOlderVersionLabelledWithItsLocation() throws IOException {
    typing.type("tune", "d", "--dry-run", "--json");
    JsonNode order = new ObjectMapper().readTree(typing.out());
    TuningSpec spec =
        new TuningSpec(
            order.path("dataset").textValue(),
            "vertex",
            "gemini-3.5-flash",
            "us-central1",
            new Hyperparameters(3, 4, 1.0));
    assertThat(spec.key()).isEqualTo(order.path("key").textValue());
    TuningJob old =
        service.put(
            "us-central1",
            TuningJob.newBuilder().putLabels("attune-key", spec.formerKey()).build());

    assertThat(typing.type("tune", "d")).isZero();
    assertThat(typing.out()).contains("name      " + old.getName());
    assertThat(service.jobs()).hasSize(1);
  }

  /** Another ledger's job that the list did not show before the call. */
  private TuningJob another(JobState state) {
    TuningJob created = service.jobs().get(0);
    return service.put(
        "us-central1",
        TuningJob.newBuilder()
            .putLabels("attune-key", created.getLabelsOrThrow("attune-key"))
            .setState(state)
            .build());
  }

  @Test
  void cancelsItsOwnJobWhereAnotherLedgerWasQuicker() throws IOException {
    service.script(JobState.JOB_STATE_QUEUED);
    service.listLag(Duration.ofSeconds(15));
    typing.type("tune", "d", "--no-wait");
    String first = service.jobs().get(0).getName();
    time.sleep(Duration.ofSeconds(5));
    typing.configure("elsewhere", "");
    service.script(JobState.JOB_STATE_QUEUED, JobState.JOB_STATE_QUEUED);

    assertThat(typing.type("tune", "d", "--no-wait")).isZero();
    String second = service.jobs().get(0).getName();
    assertThat(second).isNotEqualTo(first);
    assertThat(typing.out()).contains(second);
    time.sleep(Duration.ofSeconds(20));
    service.set(first, JobState.JOB_STATE_SUCCEEDED);

    assertThat(typing.type("tune", "d")).isZero();
    assertThat(typing.out()).contains("state     SUCCEEDED\nname      " + first);
    assertThat(typing.err())
        .contains(
            first + " is older than " + second + " and has the same key: it is " + id() + ".",
            second
                + " was created from this ledger as a second job of "
                + id()
                + " and has not started: it is cancelled.");
    assertThat(service.calls(Method.CANCEL)).hasSize(1);
    assertThat(jobs().get(0).path("changes").findValuesAsText("note"))
        .anyMatch(note -> note.startsWith(second + " was created from this ledger"));
  }

  @Test
  void saysWhyAJobIsNotSent() throws IOException {
    service.faultNext(Method.LIST, Fault.refused(Code.PERMISSION_DENIED));

    assertThat(typing.type("tune", "d")).isEqualTo(3);
    String sentence = typing.err().get(typing.err().size() - 1).replaceFirst("\\.$", "");
    assertThat(jobs().get(0).path("why").asText()).startsWith("not sent: ");
    assertThat(sentence).endsWith(jobs().get(0).path("why").asText().substring(10));
  }

  @Test
  void namesAJobOfAnotherLedger() throws IOException {
    service.faultNext(Method.LIST, Fault.refused(Code.UNAVAILABLE));
    service.hook(
        (moment, call) -> {
          if (call.method() == Method.CREATE && moment == Moment.ANSWERED) {
            time.sleep(Duration.ofSeconds(1));
            another(JobState.JOB_STATE_RUNNING);
          }
        });

    assertThat(typing.type("tune", "d")).isZero();
    String other = service.jobs().get(0).getName();
    String sentence =
        other
            + " has the same key as "
            + id()
            + ", is PENDING, and was created from another ledger: both jobs cost money; cancel"
            + " it at the back end if it is not wanted.";
    assertThat(typing.err()).containsOnlyOnce(sentence);
    assertThat(service.calls(Method.CANCEL)).isEmpty();
    assertThat(jobs().get(0).path("changes").findValuesAsText("note")).contains(sentence);
    int calls = service.calls().size();
    assertThat(typing.type("tune", "d")).isZero();
    assertThat(service.calls()).hasSize(calls);
  }

  @Test
  void waitsForTheEndpointOfAJobThatSucceeded() throws IOException {
    service.endpointsAfter(3);

    assertThat(typing.type("tune", "d", "--json")).isZero();
    assertThat(jobs().get(0).path("endpoint").textValue()).contains("/endpoints/");
    assertThat(jobs().get(0).path("changes").findValuesAsText("state"))
        .isEqualTo(List.of("INTENDED", "CREATING", "PENDING", "RUNNING", "SUCCEEDED"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tune", "watch"})
  void endsAtTheDeadlineWithoutAnEndpointAndGoesOnLater(String command) throws IOException {
    service.endpointsAfter(40);
    typing.configure("deadline: 5m");

    assertThat(typing.type("tune", "d")).isEqualTo(5);
    assertThat(typing.lastLine())
        .isEqualTo(
            "Tuning job "
                + id()
                + " has succeeded, but the back end shows no endpoint of its model within"
                + " tuning.deadline: run attune watch "
                + id()
                + ".");
    assertThat(jobs().get(0).path("state").textValue()).isEqualTo("SUCCEEDED");
    typing.configure("");

    int exit = command.equals("tune") ? typing.type("tune", "d") : typing.type("watch");
    assertThat(exit).isZero();
    assertThat(typing.out()).contains("endpoint  projects/");
    assertThat(service.jobs()).hasSize(1);
  }
}
