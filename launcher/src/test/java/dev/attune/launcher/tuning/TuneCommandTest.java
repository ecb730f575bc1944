package dev.attune.launcher.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.aiplatform.v1.JobState;
import com.google.cloud.aiplatform.v1.SupervisedTuningDataStats;
import com.google.cloud.aiplatform.v1.TuningJob;
import dev.attune.launcher.emulator.Fault;
import dev.attune.launcher.emulator.Method;
import dev.attune.schema.SchemaFile;
import io.grpc.Status.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TuneCommandTest extends TuningOnEmulator {
  private JsonNode jobs() throws IOException {
    JsonNode document = new ObjectMapper().readTree(typing.out());
    assertThat(SchemaFile.JOBS.validate(document)).isEmpty();
    return document.path("jobs");
  }

  @Test
  void createsAJobWatchesItAndNamesTheModel() {
    assertThat(typing.type("tune", "d")).isZero();

    TuningJob created = service.jobs().get(0);
    assertThat(typing.out().lines())
        .containsExactly(
            "job       " + id(),
            "state     SUCCEEDED",
            "name      " + created.getName(),
            "model     " + created.getTunedModel().getModel(),
            "endpoint  " + created.getTunedModel().getEndpoint());
    assertThat(id()).isEqualTo(created.getLabelsOrThrow("attune-key").substring(0, 12) + "-1");
    assertThat(typing.err().get(0)).startsWith("Warning: gemini-3.5-flash is a preview model: ");
    assertThat(typing.err().get(1)).startsWith("Estimated at US$ 0.00");
    assertThat(typing.err())
        .filteredOn(line -> line.startsWith(id()))
        .extracting(line -> line.replaceFirst("^\\S+ (.*), \\d+ s$", "$1"))
        .containsExactly(
            "is PENDING since 12:00:00 UTC", "is RUNNING since 12:00:00 UTC", "is SUCCEEDED");
  }

  @Test
  void asksNobodyAboutAJobThatSucceeded() {
    typing.type("tune", "d");
    int calls = service.calls().size();

    assertThat(typing.type("tune", "d")).isZero();
    assertThat(typing.err())
        .containsExactly("Nothing new to do: " + id() + " is already tuned on this dataset.");
    assertThat(service.calls()).hasSize(calls);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          maxCostUsd: 0.000001 | Tuning gemini-3.5-flash on
          baseModel: gemini-2.0-flash-001 | gemini-2.0-flash-001 ended on
          location: us-east1 | gemini-3.5-flash is not tuned in us-east1: set tuning.location to
          baseModel: gemini-2.5-pro, adapterSize: 16 | The request was refused for
          baseModel: gemini-3.5-flahs | The base model 'gemini-3.5-flahs' is not known
          """)
  void refusesBeforeAnythingIsUploadedOrCreated(String tuning, String sentence) throws IOException {
    typing.configure(tuning);

    assertThat(typing.type("tune", "d")).isEqualTo(3);
    assertThat(typing.lastLine()).startsWith(sentence);
    assertThat(service.calls()).allMatch(call -> call.method() == Method.LIST);
    assertThat(typing.type("jobs", "--json")).isZero();
    assertThat(jobs()).isEmpty();
  }

  @Test
  void refusesAnAdapterThatTheModelDoesNotHave() throws IOException {
    Files.writeString(
        directory.resolve("models.json"),
        """
        {"models": [{"name": "gemini-tiny", "format": "gemini", "trainingBytes": 1000000,
          "trainingExamples": 1000, "tokens": 1000, "adapterSizes": [1, 2], "tuneIn":
          ["us-central1"], "preview": false, "retiredOn": null, "source": "s", "checkedOn":
          "2026-11-20", "price": {"usdPerMillionTrainingTokens": 1.0, "source": "s", "checkedOn":
          "2026-11-20"}}]}
        """);
    typing.configure("baseModel: gemini-tiny, baseModels: models.json");

    assertThat(typing.type("tune", "d")).isEqualTo(3);
    assertThat(typing.lastLine())
        .isEqualTo(
            "gemini-tiny is not tuned with an adapter of size 4: set tuning.adapterSize to 1 or"
                + " 2.");
    assertThat(service.calls()).allMatch(call -> call.method() == Method.LIST);
  }

  @Test
  void refusesAboveTheCapThatIsTyped() {
    assertThat(typing.type("tune", "d", "--max-cost", "0")).isEqualTo(3);
    assertThat(typing.lastLine()).contains("above the cost cap of US$ 0.00");
    assertThat(typing.type("tune", "d", "--max-cost", "-1")).isEqualTo(2);
    assertThat(service.calls()).allMatch(call -> call.method() == Method.LIST);
  }

  @Test
  void refusesADatasetThatWasChanged() throws IOException {
    Files.writeString(directory.resolve("d/train.jsonl"), "{}\n");

    assertThat(typing.type("tune", "d")).isEqualTo(3);
    assertThat(typing.lastLine()).startsWith("d/train.jsonl differs from manifest.json");
    assertThat(service.calls()).isEmpty();
  }

  @Test
  void showsWhatItWouldSendAndSendsNothing() throws IOException {
    assertThat(typing.type("tune", "d", "--dry-run")).isZero();
    assertThat(typing.out())
        .startsWith("would tune    gemini-3.5-flash in us-central1\n")
        .contains("train.jsonl   5 examples, ")
        .contains("cost          US$ 0.00")
        .endsWith("Nothing was sent, and the ledger was not changed.\n");
    assertThat(typing.type("tune", "d", "--dry-run", "--json")).isZero();
    JsonNode order = new ObjectMapper().readTree(typing.out());
    assertThat(SchemaFile.TUNING_ORDER.validate(order)).isEmpty();
    assertThat(order.path("usd").doubleValue()).isEqualTo(0.01);
    assertThat(service.calls()).isEmpty();
    assertThat(directory.resolve("ledger.mv.db")).doesNotExist();

    typing.type("tune", "d");
    assertThat(id()).isEqualTo(order.path("id").textValue());
  }

  @Test
  void createsAnotherAfterAFailureOnlyWhenAsked() throws IOException {
    service.script(JobState.JOB_STATE_PENDING, JobState.JOB_STATE_FAILED);
    service.failure("Dataset example 1 of 5 is odd.");

    assertThat(typing.type("tune", "d")).isEqualTo(4);
    String sentence =
        "Tuning job "
            + id()
            + " failed (Dataset example 1 of 5 is odd): correct the cause, then attune tune d"
            + " --again creates another.";
    assertThat(typing.lastLine()).isEqualTo(sentence);
    assertThat(typing.type("tune", "d")).isEqualTo(4);
    assertThat(typing.lastLine()).isEqualTo(sentence);
    assertThat(service.jobs()).hasSize(1);

    service.script(JobState.JOB_STATE_SUCCEEDED);
    assertThat(typing.type("tune", "d", "--again", "--json")).isZero();
    assertThat(jobs().get(0).path("attempt").intValue()).isEqualTo(2);
    assertThat(typing.type("tune", "d", "--again")).isZero();
    assertThat(service.jobs()).hasSize(2);
    assertThat(typing.type("jobs", "--json")).isZero();
    assertThat(jobs())
        .extracting(job -> job.path("state").textValue())
        .containsExactly("SUCCEEDED", "FAILED");
  }

  @Test
  void leavesAJobAloneAndWatchesItLater() {
    assertThat(typing.type("tune", "d", "--no-wait")).isZero();
    assertThat(typing.out()).contains("state     PENDING\n");
    String id = id();

    assertThat(typing.type("watch")).isZero();
    assertThat(typing.out()).startsWith("job       " + id + "\nstate     SUCCEEDED\n");
    assertThat(typing.type("watch", id.substring(0, 3))).isZero();
    assertThat(service.calls(Method.CREATE)).hasSize(1);
  }

  @Test
  void endsAtTheDeadlineAndSaysHowToGoOn() throws IOException {
    service.script(JobState.JOB_STATE_QUEUED, JobState.JOB_STATE_RUNNING);
    typing.configure("deadline: 5m");

    assertThat(typing.type("tune", "d")).isEqualTo(5);
    assertThat(typing.lastLine())
        .isEqualTo(
            "Tuning job "
                + id()
                + " is RUNNING after tuning.deadline and continues: attune watch "
                + id()
                + " resumes.");
    assertThat(service.calls(Method.GET)).hasSizeBetween(4, 10);
    service.set(service.jobs().get(0).getName(), JobState.JOB_STATE_SUCCEEDED);
    assertThat(typing.type("watch")).isZero();
  }

  @Test
  void passesOnARefusalAndTriesAnew() {
    service.faultNext(Method.CREATE, Fault.refused(Code.PERMISSION_DENIED));

    assertThat(typing.type("tune", "d")).isEqualTo(3);
    assertThat(typing.lastLine())
        .startsWith("Vertex AI denies this account access to the tuning job");
    assertThat(typing.type("tune", "d")).isZero();
    assertThat(service.jobs()).hasSize(1);
  }

  @Test
  void takesOverTheJobOfAnotherLedger() throws IOException {
    typing.type("tune", "d");
    typing.configure("elsewhere", "");

    assertThat(typing.type("tune", "d")).isZero();
    assertThat(typing.err()).anyMatch(line -> line.startsWith("Adopted projects/"));
    assertThat(service.calls(Method.CREATE)).hasSize(1);
  }

  @Test
  void createsAnotherAfterAFailureInAnotherLedgerOnlyWhenAsked() throws IOException {
    service.script(JobState.JOB_STATE_FAILED);
    typing.type("tune", "d");
    typing.configure("elsewhere", "");
    service.script(JobState.JOB_STATE_SUCCEEDED);

    assertThat(typing.type("tune", "d")).isEqualTo(4);
    assertThat(typing.type("tune", "d", "--again")).isZero();
    assertThat(service.jobs()).hasSize(2);
  }

  @Test
  void doesNotPayTwiceForOneAgainWhoseReplyWasLost() {
    service.script(JobState.JOB_STATE_FAILED);
    typing.type("tune", "d");
    service.faultNext(Method.CREATE, Fault.lost(Code.UNAVAILABLE));

    assertThat(typing.type("tune", "d", "--again")).isEqualTo(4);
    assertThat(service.jobs()).hasSize(2);
  }

  @Test
  void saysAndEntersWhatTheServiceDropped() throws IOException {
    service.stats(
        SupervisedTuningDataStats.newBuilder()
            .setTuningDatasetExampleCount(5)
            .setTotalTruncatedExampleCount(2)
            .addAllTruncatedExampleIndices(List.of(1L, 4L))
            .addDroppedExampleReasons("too many tokens")
            .build());

    assertThat(typing.type("tune", "d", "--json")).isZero();
    String id = jobs().get(0).path("id").textValue();
    String sentence =
        id
            + ": of 5 training examples that were sent the back end counts 5 and dropped or cut 2,"
            + " among them lines 1, 4 of train.jsonl (too many tokens).";
    assertThat(typing.lastLine()).isEqualTo(sentence);
    assertThat(jobs().get(0).path("changes").findValuesAsText("note")).contains(sentence);
    typing.type("tune", "d", "--json");
    assertThat(jobs().get(0).path("changes").findValuesAsText("note")).containsOnlyOnce(sentence);
  }

  @Test
  void asksForTheEndOfAJob() throws IOException {
    service.script(JobState.JOB_STATE_RUNNING);
    typing.type("tune", "d", "--no-wait");
    String id = id();

    assertThat(typing.type("cancel", id)).isZero();
    assertThat(typing.lastLine())
        .isEqualTo(
            "Asked the back end to cancel "
                + id
                + ". The job may end later, or not at all: attune watch "
                + id
                + " shows it.");
    assertThat(typing.type("watch", id)).isEqualTo(4);
    assertThat(typing.lastLine())
        .startsWith("Tuning job " + id + " was cancelled")
        .endsWith(": attune tune d --again creates another.");
    assertThat(typing.type("cancel", id)).isEqualTo(3);
    assertThat(typing.lastLine())
        .isEqualTo(
            "Tuning job " + id + " has ended already (CANCELLED), so it cannot be cancelled.");
  }

  @Test
  void namesAJobByItsBeginning() throws IOException {
    assertThat(typing.type("watch")).isZero();
    assertThat(typing.lastLine())
        .isEqualTo("The ledger has no tuning job yet: create one with attune tune.");
    assertThat(typing.type("cancel", "abc")).isEqualTo(3);
    assertThat(typing.lastLine())
        .endsWith(" has no tuning job abc: it has no jobs yet; attune tune creates one.");
    typing.type("tune", "d");
    typing.configure("epochs: 4");
    typing.type("tune", "d");
    assertThat(typing.type("cancel", "")).isEqualTo(2);
    assertThat(typing.lastLine()).contains(" could be any of 2 tuning jobs (");
    assertThat(typing.type("jobs")).isZero();
    assertThat(typing.out().lines()).hasSize(3);
    assertThat(typing.out().lines().skip(1))
        .allMatch(line -> line.contains("SUCCEEDED  vertex    gemini-3.5-flash  us-central1  d "));
  }

  @Test
  void findsAJobWhoseCreationWasInterruptedAndCreatesNone() throws IOException {
    typing.configure("deadline: 1s");
    service.faultNext(Method.CREATE, Fault.lost(Code.UNAVAILABLE));
    service.listLag(Duration.ofSeconds(15));
    assertThat(typing.type("tune", "d")).isEqualTo(5);
    String id = id();
    assertThat(typing.type("cancel", id)).isEqualTo(3);
    assertThat(typing.lastLine())
        .startsWith(
            "The back end shows no job of " + id + " yet, and its create call may have been sent");
    typing.configure("");

    assertThat(typing.type("watch", id)).isZero();
    assertThat(service.calls(Method.CREATE)).hasSize(1);
  }

  @Test
  void tunesOnThisMachine() throws IOException {
    Files.writeString(
        directory.resolve("local.yaml"),
        "dataset: talk\ntask: conversation\nsources: {generated: {files: [a.jsonl]}}\n"
            + "ledger: {jdbcUrl: \"jdbc:h2:file:"
            + directory.resolve("l")
            + "\"}\n");

    assertThat(typing.type("tune", "d", "--config", "local.yaml")).isEqualTo(3);
    assertThat(typing.lastLine()).contains("classification");
    assertThat(service.calls()).isEmpty();
  }
}
