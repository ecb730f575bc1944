package dev.attune.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.attune.pipeline.PrepareDataset;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is typed for Dataflow and ends before a job is created. */
class PrepareOnDataflowTest {
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
}
