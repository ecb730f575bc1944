package dev.attune.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.attune.launcher.ledger.LedgerKind;
import dev.attune.pipeline.PrepareDataset;
import dev.attune.testing.dataflowapi.DataflowStub;
import dev.attune.testing.dataflowapi.JobScript;
import dev.attune.testing.dataflowapi.StubJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is typed for Dataflow, against stubs of its service and of Cloud Storage. */
@Timeout(120)
class PrepareOnDataflowTest {
  private static final String SETTINGS =
      """
      dataflow: {project: test-project, region: us-central1, tempLocation: "gs://zoo/tmp"}
      """;

  @TempDir private Path folder;

  @Test
  void saysThatAttuneYamlLacksAKey() throws IOException {
    new Animals(folder).configure("");
    Typed refused =
        Typed.attune(folder, PrepareDataset::run, "prepare", "--runner", "dataflow", "--json");

    assertThat(refused.exit()).isEqualTo(3);
    assertThat(refused.lastLine())
        .startsWith("attune.yaml: ")
        .contains("dataflow.project")
        .endsWith("after --.");
    JsonNode error = new ObjectMapper().readTree(refused.out()).path("error");
    assertThat(error.path("code").asText()).isEqualTo("CONFIGURATION");
    assertThat(error.at("/faults/0/key").asText()).isEqualTo("/dataflow/project");
  }

  @Test
  void printsTheJobThatItDoesNotWaitForAndAdoptsItTheSecondTime() throws IOException {
    try (InBucket zoo = configured();
        DataflowStub service = DataflowStub.start()) {
      service.script(JobScript.of().runningOn());
      Typed first = prepare(zoo, service, List.of("--no-wait"));

      assertThat(first.exit()).as(first.lastLine()).isZero();
      assertThat(service.jobs()).hasSize(1);
      StubJob job = service.jobs().get(0);
      List<String> printed = first.out().lines().toList();
      assertThat(printed).hasSize(2);
      assertThat(printed.get(0)).isEqualTo(job.name() + " " + job.id());
      assertThat(printed.get(1))
          .isEqualTo(
              "https://console.cloud.google.com/dataflow/jobs/us-central1/"
                  + job.id()
                  + "?project=test-project");

      Typed second = prepare(zoo, service, List.of("--no-wait", "--json"));
      assertThat(second.exit()).as(second.lastLine()).isZero();
      assertThat(service.jobs()).hasSize(1);
      assertThat(new ObjectMapper().readTree(second.out()))
          .isEqualTo(
              new ObjectMapper()
                  .createObjectNode()
                  .put("job", job.name())
                  .put("id", job.id())
                  .put("console", printed.get(1)));
    }
  }

  @Test
  void printsWhereItWroteATemplate() throws IOException {
    try (InBucket zoo = configured();
        DataflowStub service = DataflowStub.start()) {
      String template = "--templateLocation=" + InBucket.uri("templates/animals.json");
      Typed typed = prepare(zoo, service, List.of(), template);

      assertThat(typed.exit()).as(typed.lastLine()).isZero();
      assertThat(typed.out().lines()).containsExactly(InBucket.uri("templates/animals.json"));
      JsonNode job = new ObjectMapper().readTree(zoo.text("templates/animals.json"));
      assertThat(job.path("name").asText()).startsWith("attune-animals-");
      assertThat(service.jobs()).isEmpty();
      Typed again = prepare(zoo, service, List.of("--json"), template);
      assertThat(new ObjectMapper().readTree(again.out()))
          .isEqualTo(
              new ObjectMapper()
                  .createObjectNode()
                  .put("template", InBucket.uri("templates/animals.json")));
    }
  }

  @Test
  void refusesAProjectThatBeamDoesNotTake() throws IOException {
    try (InBucket zoo = configured();
        DataflowStub service = DataflowStub.start()) {
      Typed refused = prepare(zoo, service, List.of(), "--project=p");

      assertThat(refused.exit()).isEqualTo(3);
      assertThat(refused.lastLine()).contains("Project ID 'p' invalid.").endsWith(".");
      assertThat(service.jobs()).isEmpty();
      assertThat(zoo.bucket().names("datasets/")).isEmpty();
    }
  }

  @Test
  void refusesATemporaryLocationThatCannotBeUsedBeforeAnythingIsRead() throws IOException {
    try (InBucket zoo = configured();
        DataflowStub service = DataflowStub.start()) {
      assertThat(prepare(zoo, service, List.of(), "--tempLocation=gs://B/tmp").lastLine())
          .startsWith("gs://B/tmp does not name a bucket: ");
      Typed refused = prepare(zoo, service, List.of(), "--tempLocation=gs://no-such-bucket/tmp");
      assertThat(refused.exit()).isEqualTo(3);
      assertThat(refused.lastLine())
          .startsWith("The bucket no-such-bucket of gs://no-such-bucket/tmp does not exist (");
      assertThat(service.calls()).isEmpty();
    }
  }

  private InBucket configured() throws IOException {
    InBucket zoo = InBucket.start(folder);
    zoo.configure(LedgerKind.H2, SETTINGS);
    zoo.observe(40);
    return zoo;
  }

  /** Types {@code attune prepare --runner dataflow} with options of its own and of Beam. */
  private Typed prepare(InBucket zoo, DataflowStub service, List<String> options, String... beam)
      throws IOException {
    Path jar = Files.writeString(folder.resolve("app.jar"), "the classes of workers");
    List<String> typed = new ArrayList<>(List.of("prepare", "--runner", "dataflow"));
    typed.addAll(List.of("--config", InBucket.uri("attune.yaml")));
    typed.addAll(options);
    typed.addAll(List.of("--", "--dataflowEndpoint=" + service.url(), "--filesToStage=" + jar));
    typed.addAll(List.of(beam));
    return zoo.alone(typed.toArray(String[]::new));
  }
}
