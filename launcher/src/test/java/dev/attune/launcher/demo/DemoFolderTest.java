package dev.attune.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.attune.config.AttuneConfig;
import dev.attune.config.ConfigLoader;
import dev.attune.config.SourcesConfig.Feedback;
import dev.attune.filesystem.LockFile;
import dev.attune.launcher.cli.DemoCommand;
import dev.attune.launcher.cli.SingleCommand;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureReport;
import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.dataset.DatasetPreparation;
import dev.attune.launcher.loop.LoopServices;
import dev.attune.launcher.tuning.status.Sleeper;
import dev.attune.place.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoFolderTest {
  private static final Path CLONE = Path.of("..").toAbsolutePath().normalize();

  @TempDir private Path home;

  @BeforeEach
  void standInForAClone() throws IOException {
    write(
        "data/bank-questions/feedback/feedback.sql",
        "CREATE TABLE feedback (id INT); INSERT INTO feedback VALUES (1), (2);");
    write("data/bank-questions/second-act/feedback.sql", "INSERT INTO feedback VALUES (3);");
    write("data/bank-questions/second-act/improvements/new.jsonl", "{}");
    write("data/bank-questions/improvements/old.jsonl", "{}");
    write("data/bank-questions/observations/branch.csv", "id\n");
    write("data/bank-questions/taxonomy.json", "[]");
    write(
        "data/bank-questions/attune.yaml",
        Files.readString(CLONE.resolve("data/bank-questions/attune.yaml")));
  }

  private void write(String path, String text) throws IOException {
    Path file = home.resolve(path);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, text);
  }

  private AttuneConfig lay() throws Exception {
    DemoFolder folder = DemoFolder.of(home);
    folder.layFirstAct();
    return ConfigLoader.load(folder.config());
  }

  @Test
  void laysSampleAndDatabaseUnderBuildDemo() throws Exception {
    AttuneConfig config = lay();
    assertThat(config.resolve(String.valueOf(config.dataset().taxonomy())).local())
        .isEqualTo(home.resolve("build/demo/data/bank-questions/taxonomy.json"))
        .exists();
    assertThat(config.folder().local().resolve("observations/branch.csv")).exists();
    assertThat(config.folder().local().resolve("second-act")).doesNotExist();
    assertThat(rows(config)).isEqualTo(2);
  }

  @Test
  void addsRowsAndImprovementsForTheSecondActHoweverOftenItBegins() throws Exception {
    AttuneConfig config = lay();
    for (int i = 0; i < 2; i++) {
      DemoFolder.of(home).laySecondAct();
      assertThat(rows(config)).isEqualTo(3);
      assertThat(config.folder().local().resolve("improvements/old.jsonl")).exists();
      assertThat(config.folder().local().resolve("improvements/new.jsonl")).exists();
    }
  }

  private static int rows(AttuneConfig config) throws SQLException {
    Feedback feedback = Objects.requireNonNull(config.dataset().sources().feedback());
    try (Connection database =
            DriverManager.getConnection(
                feedback.connection().jdbcUrl().replace("file:./", "file:" + config.folder() + "/")
                    + ";IFEXISTS=TRUE",
                "sa",
                "");
        ResultSet count =
            database.createStatement().executeQuery("SELECT COUNT(*) FROM feedback")) {
      assertThat(count.next()).isTrue();
      return count.getInt(1);
    }
  }

  @Test
  void keepsWhatTheLoopMakesUnderBuildDemo() throws Exception {
    AttuneConfig config = lay();
    Path demo = home.resolve("build/demo");
    assertThat(config.resolve(config.dataset().output().directory()))
        .isEqualTo(Place.of(demo.resolve("datasets")));
    assertThat(config.ledger().jdbcUrl()).isEqualTo("jdbc:h2:file:../../ledger");
    assertThat(config.envFile()).isEqualTo(Place.of(demo.resolve(".env")));
  }

  @Test
  void laysTheSameAgainAndLeavesDatasetsAlone() throws Exception {
    AttuneConfig first = lay();
    write("build/demo/datasets/x/manifest.json", "{}");
    String leftOver = "build/demo/data/bank-questions/observations/left-over.csv";
    write(leftOver, "id\n");
    assertThat(lay()).isEqualTo(first);
    assertThat(home.resolve("build/demo/datasets/x/manifest.json")).exists();
    assertThat(home.resolve(leftOver)).doesNotExist();
  }

  @Test
  void remembersThatTheFirstActWasPlayed() throws Exception {
    DemoFolder folder = DemoFolder.of(home);
    folder.layFirstAct();
    assertThat(folder.firstAct()).isEmpty();
    folder.keepFirstAct(JsonNodeFactory.instance.objectNode().put("model", "a-1"));
    folder.laySecondAct();
    assertThat(DemoFolder.of(home).firstAct().orElseThrow().path("model").asText())
        .isEqualTo("a-1");
  }

  @Test
  void isForOneDemoAtATime() throws Exception {
    DemoFolder folder = DemoFolder.of(home);
    TestShell other = new TestShell(home);
    LockFile held = folder.lock(new TestShell(home).shell());
    try {
      assertThat(demo(other)).isEqualTo(3);
      assertThat(other.out()).isEmpty();
      assertThat(other.err())
          .containsExactly("Another attune demo works in build/demo: wait for it to end.");
      assertThat(folder.config()).doesNotExist();
    } finally {
      held.close();
    }
    folder.lock(other.shell()).close();
  }

  private int demo(TestShell shell) {
    LoopServices tools =
        new LoopServices(
            new DatasetPreparation(
                shell.shell(),
                (request, progress) -> {
                  throw new AssertionError("must not run");
                }),
            (config, ledger) -> {
              throw new AssertionError("must not tune");
            },
            config -> {
              throw new AssertionError("must not ask");
            },
            (config, ledger, here, consent) -> {
              throw new AssertionError("must not judge");
            },
            Sleeper.THREAD_SLEEP);
    return SingleCommand.of(new DemoCommand(shell.shell(), tools, home), shell.shell())
        .setExecutionExceptionHandler(new FailureReport(shell.shell().err(), null))
        .execute();
  }

  @Test
  void saysWhatToDoWithoutAClone() throws IOException {
    Files.move(home.resolve("data"), home.resolve("elsewhere"));
    assertThatThrownBy(this::lay)
        .isInstanceOf(CommandFailure.class)
        .hasMessageEndingWith("from a clone of Attune, by its script ./attune.");
    assertThat(demo(new TestShell(home))).isEqualTo(3);
    assertThat(home.resolve("build")).doesNotExist();
  }
}
