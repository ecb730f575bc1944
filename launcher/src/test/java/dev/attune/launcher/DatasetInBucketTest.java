package dev.attune.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.ledger.LedgerKind;
import dev.attune.pipeline.PrepareDataset;
import dev.attune.testing.gcs.StubCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands do with a published dataset and a configuration that are in a bucket. */
class DatasetInBucketTest {
  @TempDir private Path folder;

  private Animals local = new Animals(Path.of(""));
  private InBucket remote;
  private Path published = Path.of("");
  private String dataset = "";

  @BeforeEach
  void publish() throws IOException {
    local = new Animals(Files.createDirectory(folder.resolve("local")));
    local.observe(200);
    assertThat(local.attune("prepare").exit()).isZero();
    published = local.dataset();
    remote = InBucket.start(folder);
    remote.configure(LedgerKind.POSTGRESQL, "promotion: {envFile: " + folder + "/.env}\n");
    String name = "datasets/animals/" + published.getFileName();
    remote.upload(published, name);
    dataset = InBucket.uri(name);
  }

  @AfterEach
  void stop() {
    remote.close();
  }

  @Test
  void checksAndEstimatesAsInAFolder() {
    String shown = local.folder().relativize(published).toString();
    for (String command : List.of("check", "estimate")) {
      Typed here = local.attune(command, shown);
      Typed there = remote.attune(command, dataset);

      assertThat(there.exit()).as(String.join("\n", there.err())).isZero();
      assertThat(there.out()).isEqualTo(here.out().replace(shown, dataset));
    }
    Typed file = remote.attune("check", dataset + "/train.jsonl");
    assertThat(file.exit()).as(String.join("\n", file.err())).isZero();
  }

  @Test
  void looksAtEachFileAFewTimes() {
    remote.stub().clearCalls();
    assertThat(remote.alone("check", dataset).exit()).isZero();

    assertThat(remote.stub().count()).as("%s", remote.stub().calls()).isLessThanOrEqualTo(14);
    assertThat(remote.stub().calls())
        .filteredOn(call -> call.kind() == StubCall.Kind.DOWNLOAD)
        .allMatch(call -> call.parameters().containsKey("generation"));
  }

  @Test
  void tunesEvaluatesAndListsWithoutCopyingIt() throws IOException {
    Typed dry = remote.attune("tune", dataset, "--dry-run");
    assertThat(dry.exit()).as(String.join("\n", dry.err())).isZero();

    Typed tuned = remote.attune("tune", dataset);
    assertThat(tuned.exit()).as(String.join("\n", tuned.err())).isZero();
    assertThat(tuned.out()).contains("--dataset " + dataset);
    String model = remote.json("jobs").at("/jobs/0/id").asText();

    Typed evaluated = remote.attune("evaluate", model, "--dataset", dataset);
    assertThat(evaluated.exit()).as(String.join("\n", evaluated.err())).isZero();
    String figures = "evaluations/animals/" + published.getFileName() + "/" + model;
    assertThat(evaluated.out()).contains(InBucket.uri(figures + "/evaluation.html"));
    assertThat(remote.bucket().names("evaluations/"))
        .containsExactly(figures + "/evaluation.html", figures + "/evaluation.json");
    assertThat(remote.text(figures + "/evaluation.html")).contains(model);
    Typed again = remote.attune("evaluate", model, "--dataset", dataset);
    assertThat(again.exit()).isZero();

    JsonNode listed = remote.json("models").at("/models/0");
    assertThat(listed.at("/dataset/directory").asText()).isEqualTo(dataset);
    assertThat(listed.at("/evaluation/report").asText())
        .isEqualTo(InBucket.uri(figures + "/evaluation.html"));
    assertThat(remote.attune("jobs").out()).contains(dataset);
  }

  @Test
  void refusesInTheSentencesOfAFolder() {
    for (String command : List.of("check", "estimate", "tune")) {
      Typed here = local.attune(command, "nothing");
      Typed there = remote.attune(command, InBucket.uri("nothing"));

      assertThat(there.exit()).isEqualTo(here.exit()).isEqualTo(3);
      assertThat(there.lastLine())
          .isEqualTo(here.lastLine().replace("nothing", InBucket.uri("nothing")));
    }
    assertThat(remote.attune("tune", dataset + "/train.jsonl").lastLine())
        .isEqualTo(
            local
                .attune("tune", published + "/train.jsonl")
                .lastLine()
                .replace(local.folder().relativize(published).toString(), dataset));
    Typed gone = remote.alone("jobs", "--config", InBucket.uri("other.yaml"));
    assertThat(gone.exit()).isEqualTo(3);
    assertThat(gone.lastLine())
        .isEqualTo(
            InBucket.uri("other.yaml")
                + ": there is no such file; attune init writes one, and --config FILE names"
                + " another.");
  }

  @Test
  void refusesADatasetThatWasChanged() throws IOException {
    remote.put(dataset.substring(InBucket.uri("").length()) + "/train.jsonl", "{}\n");

    Typed refused = remote.attune("tune", dataset);

    assertThat(refused.exit()).isEqualTo(3);
    assertThat(refused.lastLine()).startsWith(dataset + "/train.jsonl ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "estimate", "tune"})
  void saysWhatTheServiceDenies(String command) throws IOException {
    Typed missing = remote.attune(command, "gs://no-such-bucket/dataset");
    assertThat(missing.exit()).isEqualTo(3);
    assertThat(missing.lastLine())
        .startsWith("The bucket no-such-bucket of gs://no-such-bucket/dataset")
        .contains("does not exist")
        .endsWith("correct its name.");
    remote.stub().bucket("secret").denyAll();
    JsonNode denied = remote.json(command, "gs://secret/dataset").path("error");
    assertThat(denied.path("code").asText()).isEqualTo("FILE");
    assertThat(denied.path("exitCode").asInt()).isEqualTo(3);
    assertThat(denied.path("message").asText())
        .startsWith("Cloud Storage denies this account to read or write gs://secret/dataset");
  }

  @Test
  void refusesAnH2LedgerBesideAConfigurationInABucket() throws IOException {
    remote.configure(LedgerKind.H2, "");
    for (String[] command :
        new String[][] {
          {"run"},
          {"tune", dataset},
          {"evaluate", "base", "--dataset", dataset},
          {"promote", "local-1"},
          {"models"},
          {"jobs"},
        }) {
      Typed refused = remote.attune(command);

      assertThat(refused.exit()).as(command[0]).isEqualTo(3);
      assertThat(refused.lastLine())
          .startsWith("attune.yaml is in gs://zoo, where an H2 ledger cannot be kept")
          .endsWith(".");
    }
    assertThat(remote.attune("estimate", dataset).exit()).isZero();
  }

  @Test
  void refusesAnH2LedgerOnTheDiskOfCloudRun() {
    Typed refused =
        Typed.attune(
            new TestShell(local.folder(), Map.of("CLOUD_RUN_JOB", "attune")),
            PrepareDataset::run,
            "models");

    assertThat(refused.exit()).isEqualTo(3);
    assertThat(refused.lastLine()).startsWith("The disk of Cloud Run ends with the process");
  }
}
