package dev.attune.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.attune.config.AttuneConfig;
import dev.attune.config.ConfigException;
import dev.attune.config.ConfigLoader;
import dev.attune.launcher.console.FailureReport;
import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitCommandTest {
  @TempDir private Path directory;

  private int init(TestShell shell, String... args) {
    FailureReport failures = new FailureReport(shell.shell().err(), null);
    return SingleCommand.of(new InitCommand(shell.shell(), directory), shell.shell())
        .setExecutionExceptionHandler(failures)
        .execute(args);
  }

  @Test
  void writesAConfigurationWithoutFaultsAndWhatItNames() throws ConfigException {
    TestShell shell = new TestShell(directory);
    assertThat(init(shell, "new/project")).isZero();
    AttuneConfig config = ConfigLoader.load(directory.resolve("new/project/attune.yaml"));
    assertThat(config.dataset().dataset()).isEqualTo("project");
    assertThat(config.resolve(String.valueOf(config.dataset().taxonomy())).local()).exists();
    assertThat(directory.resolve("new/project/observations.csv")).exists();
    assertThat(shell.out())
        .isEqualTo(
            """
            wrote  new/project/taxonomy.json
            wrote  new/project/observations.csv
            wrote  new/project/attune.yaml
            next   attune prepare --config new/project/attune.yaml
            """);
  }

  @Test
  void makesNoFolderThatIsNamedLikeABucket() {
    TestShell shell = new TestShell(directory);
    assertThat(init(shell, "gs://team-files/project")).isEqualTo(3);
    assertThat(shell.err())
        .singleElement()
        .asString()
        .contains("gs://team-files/project is in a bucket");
    assertThat(directory).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource({
    "my-project, my-project",
    "Fragen an die Ämter, fragen-an-die-amter",
    "2026_Q3.answers, q3-answers",
    "2026, my-dataset",
    "問い合わせ, my-dataset",
    "a23456789-b23456789-c23456789-d23456789-e234567-f2345,"
        + " a23456789-b23456789-c23456789-d23456789-e234567"
  })
  void namesTheDatasetAfterTheFolder(String folder, String name) throws ConfigException {
    assertThat(init(new TestShell(directory), folder)).isZero();
    AttuneConfig config = ConfigLoader.load(directory.resolve(folder).resolve("attune.yaml"));
    assertThat(config.dataset().dataset()).isEqualTo(name);
  }

  @Test
  void givesEachProjectALedgerOfItsOwn() throws Exception {
    for (String project : List.of("one", "two")) {
      TestShell shell = new TestShell(directory);
      assertThat(init(shell, project)).isZero();
      AttuneConfig config = ConfigLoader.load(directory.resolve(project).resolve("attune.yaml"));
      Ledger.open(config, shell.shell()).close();
      assertThat(directory.resolve(project).resolve("ledger.mv.db")).exists();
    }
  }

  @Test
  void saysWhatToTypeInAClone() throws IOException {
    Path script = Files.createFile(directory.resolve("attune"));
    TestShell inTheClone = new TestShell(directory);
    assertThat(init(inTheClone, "p")).isZero();
    assertThat(inTheClone.out()).endsWith("next   ./attune prepare --config p/attune.yaml\n");
    TestShell elsewhere = new TestShell(Files.createDirectory(directory.resolve("other")));
    assertThat(init(elsewhere)).isZero();
    assertThat(elsewhere.out()).endsWith("next   " + script + " prepare\n");
  }

  /** The keys in comments are a valid configuration too when they are uncommented. */
  @Test
  void commentedKeysAreKeysOfTheConfiguration() throws IOException {
    assertThat(init(new TestShell(directory))).isZero();
    String uncommented =
        Files.readString(directory.resolve("attune.yaml"))
            .lines()
            .filter(line -> !line.contains("# passwordSecret"))
            .map(line -> line.replaceFirst("^(\\s*)# (?=\\s*[a-zA-Z]+:( |$))", "$1"))
            .filter(line -> !line.startsWith("classification:"))
            .collect(Collectors.joining("\n"));
    try {
      ConfigLoader.parse(uncommented, "attune.yaml");
    } catch (ConfigException refused) {
      assertThat(refused.faults()).isEmpty();
    }
  }

  @Test
  void printsItsFilesAsJson() throws IOException {
    TestShell shell = new TestShell(directory);
    assertThat(init(shell, "--json")).isZero();
    assertThat(new ObjectMapper().readTree(shell.out()).get("files")).hasSize(3);
  }

  @Test
  void overwritesNothingAndNamesWhatIsThere() throws IOException {
    Path mine = Files.writeString(directory.resolve("taxonomy.json"), "mine");
    TestShell shell = new TestShell(directory);
    assertThat(init(shell)).isEqualTo(3);
    assertThat(shell.err())
        .containsExactly(
            "init overwrites nothing and taxonomy.json exists: name another directory, or move"
                + " what is there.");
    assertThat(mine).hasContent("mine");
    assertThat(directory.resolve("attune.yaml")).doesNotExist();
  }

  @Test
  void refusesAFileAsDirectory() throws IOException {
    Files.writeString(directory.resolve("file"), "");
    TestShell shell = new TestShell(directory);
    assertThat(init(shell, "file")).isEqualTo(3);
    assertThat(shell.lastLine()).isEqualTo("file is not a directory: choose another one.");
  }

  @Test
  void saysWhereItCannotWrite() throws IOException {
    Files.writeString(directory.resolve("file"), "");
    TestShell shell = new TestShell(directory);
    assertThat(init(shell, "file/below")).isEqualTo(3);
    assertThat(shell.err()).hasSize(1);
    assertThat(shell.lastLine())
        .startsWith("Cannot write to file/below (")
        .endsWith("): name another.");
    assertThat(shell.lastLine()).doesNotContain("Exception", "null");
  }
}
