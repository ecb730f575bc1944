package dev.attune.launcher.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RunsHereTest {
  private static final Path FOLDER = Path.of("/project/sub dir");

  @Test
  void readsARelativeH2FileFromTheFolderOfTheConfiguration() {
    assertThat(RunsHere.jdbcUrl("jdbc:h2:file:./db/feedback;IFEXISTS=TRUE", FOLDER))
        .isEqualTo("jdbc:h2:file:/project/sub dir/db/feedback;IFEXISTS=TRUE");
    assertThat(RunsHere.jdbcUrl("jdbc:h2:file:../feedback", FOLDER))
        .isEqualTo("jdbc:h2:file:/project/feedback");
  }

  @Test
  void leavesEveryOtherDatabaseAsItIs() {
    for (String url :
        new String[] {
          "jdbc:h2:file:/srv/feedback",
          "jdbc:h2:file:~/feedback",
          "jdbc:h2:mem:x",
          "jdbc:postgresql://db.example/feedback"
        }) {
      assertThat(RunsHere.jdbcUrl(url, FOLDER)).isEqualTo(url);
    }
  }
}
