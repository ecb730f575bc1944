package dev.attune.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.dataset.DatasetPreparation;
import dev.attune.launcher.dataset.Reports;
import dev.attune.pipeline.prepare.PrepareRequest;
import dev.attune.pipeline.prepare.PrepareRunner;
import dev.attune.place.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrepareCommandTest {
  @TempDir private Path directory;
  private final List<PrepareRequest> requests = new ArrayList<>();

  @BeforeEach
  void start() {
    Shell shell = new TestShell(directory).shell();
    int exit = SingleCommand.of(new InitCommand(shell, directory), shell).execute("p");
    assertThat(exit).isZero();
  }

  private TestShell prepare(String... args) {
    TestShell shell = new TestShell(directory.resolve("p"));
    DatasetPreparation preparation =
        new DatasetPreparation(
            shell.shell(),
            (request, progress) -> {
              requests.add(request);
              progress.running(PrepareRunner.LOCAL);
              return Reports.result(directory.resolve("p/build/datasets/x"));
            });
    int exit =
        SingleCommand.of(new PrepareCommand(shell.shell(), preparation), shell.shell())
            .execute(args);
    assertThat(exit).isZero();
    return shell;
  }

  @Test
  void hasDefaults() {
    TestShell shell = prepare();
    PrepareRequest request = requests.get(0);
    assertThat(request.config().folder().local()).isEqualTo(directory.resolve("p"));
    assertThat(request.config().dataset().output().directory()).isEqualTo("build/datasets");
    assertThat(request.runId()).isNull();
    assertThat(request.limit()).isNull();
    assertThat(request.environment()).containsEntry("NAME", "value");
    assertThat(request.beamOptions()).isEmpty();
    assertThat(shell.err()).containsExactly("Preparing p with the local runner");
    assertThat(shell.out())
        .startsWith("childcare-observations: 1,200 records read in 2.0 s\n")
        .contains("dataset  build/datasets/x\n");
  }

  @Test
  void handsOnEveryFlag() {
    prepare(
        "--runner=direct",
        "--output=elsewhere",
        "--run-id=r-1",
        "--previous=built/r-0",
        "--limit=5",
        "--",
        "--a=1",
        "--b");
    PrepareRequest request = requests.get(0);
    assertThat(request.config().dataset().output().directory())
        .isEqualTo(directory.resolve("p/elsewhere").toString());
    assertThat(request.runId()).isEqualTo("r-1");
    assertThat(request.limit()).isEqualTo(5);
    assertThat(request.previous()).isEqualTo(Place.of(directory.resolve("p/built/r-0")));
    assertThat(request.beamOptions()).containsExactly("--a=1", "--b");
  }

  @Test
  void readsAnotherConfiguration() {
    TestShell elsewhere = new TestShell(directory);
    DatasetPreparation preparation =
        new DatasetPreparation(
            elsewhere.shell(),
            (request, progress) -> {
              requests.add(request);
              progress.running(PrepareRunner.LOCAL);
              return Reports.result(directory);
            });
    int exit =
        SingleCommand.of(new PrepareCommand(elsewhere.shell(), preparation), elsewhere.shell())
            .execute("--config", "p/attune.yaml");
    assertThat(exit).isZero();
    assertThat(requests.get(0).config().folder().local()).isEqualTo(directory.resolve("p"));
  }

  @Test
  void keepsTheOutputOutOfTheConfigurationThatIsFingerprinted() {
    prepare();
    prepare("--output=elsewhere");
    assertThat(requests.get(1).config().effective())
        .isEqualTo(requests.get(0).config().effective());
  }

  @Test
  void printsOneJsonDocumentAndNothingElse() throws IOException {
    String out = prepare("--json").out();
    List<JsonNode> documents = new ArrayList<>();
    try (MappingIterator<JsonNode> values =
        new ObjectMapper().readerFor(JsonNode.class).readValues(out)) {
      values.forEachRemaining(documents::add);
    }
    assertThat(documents).hasSize(1);
    JsonNode document = documents.get(0);
    assertThat(document.get("unchanged").booleanValue()).isFalse();
    assertThat(document.get("directory").textValue())
        .isEqualTo(directory.resolve("p/build/datasets/x").toString());
    assertThat(document.get("seconds").doubleValue()).isEqualTo(2.0);
    assertThat(document.get("counts").toString())
        .isEqualTo(
            "{\"read\":{\"feedback\":150,\"observations\":1050,\"total\":1200},\"training\":1000,"
                + "\"validation\":100,\"rejected\":{\"total\":100,\"byReason\":"
                + "{\"INVALID_RATING\":5,\"EXACT_DUPLICATE\":95}}}");
    assertThat(document.at("/rejections/0/place").textValue()).isEqualTo("row 17");
    assertThat(document.at("/categories/category-1/training").longValue()).isEqualTo(1001);
  }
}
