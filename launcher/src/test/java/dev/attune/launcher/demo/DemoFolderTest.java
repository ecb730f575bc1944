package dev.attune.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.config.AttuneConfig;
import dev.attune.config.ConfigLoader;
import dev.attune.config.SourcesConfig.Feedback;
import dev.attune.launcher.console.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoFolderTest {
  private static final Path CLONE = Path.of("..").toAbsolutePath().normalize();
  private static final String TAXONOMY =
      "taxonomy/src/main/resources/dev/attune/taxonomy/learningdomains.json";

  @TempDir private Path home;

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

  private AttuneConfig lay() throws Exception {
    DemoFolder folder = DemoFolder.of(home);
    folder.lay();
    return ConfigLoader.load(folder.config());
  }

  @Test
  void laysSampleTaxonomyAndDatabaseUnderBuildDemo() throws Exception {
    AttuneConfig config = lay();
    assertThat(config.resolve(String.valueOf(config.dataset().taxonomy())))
        .isEqualTo(home.resolve("build/demo").resolve(TAXONOMY))
        .exists();
    assertThat(config.folder().resolve("observations/2023.csv")).exists();
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
      assertThat(count.getInt(1)).isEqualTo(2);
    }
  }

  @Test
  void keepsWhatTheLoopMakesUnderBuildDemo() throws Exception {
    AttuneConfig config = lay();
    Path demo = home.resolve("build/demo");
    assertThat(config.resolve(config.dataset().output().directory()))
        .isEqualTo(demo.resolve("datasets"));
    assertThat(config.ledger().jdbcUrl()).isEqualTo("jdbc:h2:file:../../ledger");
    assertThat(config.envFile()).isEqualTo(demo.resolve(".env"));
  }

  @Test
  void laysTheSameAgainAndLeavesDatasetsAlone() throws Exception {
    AttuneConfig first = lay();
    write("build/demo/datasets/x/manifest.json", "{}");
    write("build/demo/data/childcare/observations/left-over.csv", "id\n");
    assertThat(lay()).isEqualTo(first);
    assertThat(home.resolve("build/demo/datasets/x/manifest.json")).exists();
    assertThat(home.resolve("build/demo/data/childcare/observations/left-over.csv")).doesNotExist();
  }

  @Test
  void saysWhatToDoWithoutAClone() throws IOException {
    Files.move(home.resolve("data"), home.resolve("elsewhere"));
    assertThatThrownBy(this::lay)
        .isInstanceOf(CommandFailure.class)
        .hasMessageEndingWith("from a clone of Attune, by its script ./attune.");
  }
}
