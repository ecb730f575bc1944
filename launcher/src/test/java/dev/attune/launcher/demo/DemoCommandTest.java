package dev.attune.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.config.ConfigException;
import dev.attune.config.ConfigLoader;
import dev.attune.config.SourcesConfig.Feedback;
import dev.attune.launcher.console.FailureReport;
import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.dataset.Preparation;
import dev.attune.launcher.dataset.Reports;
import dev.attune.pipeline.PrepareRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DemoCommandTest {
  private static final Path CLONE = Path.of("..").toAbsolutePath().normalize();
  private static final String TAXONOMY =
      "taxonomy/src/main/resources/dev/attune/taxonomy/learningdomains.json";

  @TempDir private Path home;
  private final List<PrepareRequest> requests = new ArrayList<>();

  @BeforeEach
  void standInForAClone() throws IOException {
    write(
        "data/childcare/feedback/feedback.sql",
        "CREATE TABLE feedback (id INT); INSERT INTO feedback VALUES (1), (2);");
    write("data/childcare/observations/2023.csv", "id\n");
    write(TAXONOMY, "[]");
    write(
        "data/childcare/attune.yaml",
        Files.readString(CLONE.resolve("data/childcare/attune.yaml")));
  }

  private void write(String path, String text) throws IOException {
    Path file = home.resolve(path);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, text);
  }

  private TestShell demo(int expected) {
    TestShell shell = new TestShell(home);
    Preparation preparation =
        new Preparation(
            shell.shell(),
            (request, progress) -> {
              requests.add(request);
              return Reports.result(home.resolve("build/demo/datasets/x"));
            });
    int exit =
        new CommandLine(new DemoCommand(shell.shell(), preparation, home))
            .setExecutionExceptionHandler(new FailureReport(shell.shell().err()))
            .execute();
    assertThat(exit).isEqualTo(expected);
    return shell;
  }

  @Test
  void laysSampleTaxonomyAndDatabaseUnderBuildDemo() throws SQLException {
    TestShell shell = demo(0);
    assertThat(shell.err().get(0)).isEqualTo("Copying the sample data to build/demo");
    PrepareRequest request = requests.get(0);
    assertThat(request.config().resolve(String.valueOf(request.config().dataset().taxonomy())))
        .isEqualTo(home.resolve("build/demo").resolve(TAXONOMY))
        .exists();
    assertThat(request.config().folder().resolve("observations/2023.csv")).exists();
    assertThat(request.config().dataset().output().directory())
        .isEqualTo(home.resolve("build/demo/datasets").toString());
    Feedback feedback = Objects.requireNonNull(request.config().dataset().sources().feedback());
    try (Connection database =
            DriverManager.getConnection(
                feedback
                        .connection()
                        .jdbcUrl()
                        .replace("file:./", "file:" + request.config().folder() + "/")
                    + ";IFEXISTS=TRUE",
                "sa",
                "");
        ResultSet count =
            database.createStatement().executeQuery("SELECT COUNT(*) FROM feedback")) {
      assertThat(count.next()).isTrue();
      assertThat(count.getInt(1)).isEqualTo(2);
    }
  }

  @Test
  void laysTheSameAgainAndLeavesDatasetsAlone() throws IOException {
    demo(0);
    write("build/demo/datasets/x/manifest.json", "{}");
    write("build/demo/data/childcare/observations/left-over.csv", "id\n");
    demo(0);
    assertThat(requests).hasSize(2);
    assertThat(requests.get(1)).isEqualTo(requests.get(0));
    assertThat(home.resolve("build/demo/datasets/x/manifest.json")).exists();
    assertThat(home.resolve("build/demo/data/childcare/observations/left-over.csv")).doesNotExist();
  }

  @Test
  void saysWhatToDoWithoutAClone() throws IOException {
    Files.move(home.resolve("data"), home.resolve("elsewhere"));
    assertThat(demo(3).lastLine()).endsWith("from a clone of Attune, by its script ./attune.");
  }

  @Test
  void theConfigurationOfTheSampleHasNoFaults() throws ConfigException {
    assertThat(ConfigLoader.load(CLONE.resolve("data/childcare/attune.yaml")).dataset().dataset())
        .isEqualTo("childcare-observations");
  }
}
