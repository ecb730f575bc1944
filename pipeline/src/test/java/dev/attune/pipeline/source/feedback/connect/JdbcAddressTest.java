package dev.attune.pipeline.source.feedback.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.source.SourceException;
import dev.attune.place.Place;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdbcAddressTest {
  private static final Path FOLDER = Path.of("/data/set");

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://db.example/feedback, db.example:5432, feedback",
    "jdbc:postgresql://db.example:6000/feedback?ssl=true, db.example:6000, feedback",
    "jdbc:postgresql://db.example, db.example:5432, ''",
    "jdbc:postgresql://[::1]/feedback, [::1]:5432, feedback",
    "jdbc:postgresql:feedback, localhost:5432, feedback",
    "jdbc:postgresql:///feedback?cloudSqlInstance=p:r:i"
        + "&socketFactory=com.google.cloud.sql.postgres.SocketFactory,"
        + " Cloud SQL instance p:r:i, feedback",
    "jdbc:mysql://me:pw@db.example/feedback?password=pw, jdbc:mysql://db.example/feedback, ''"
  })
  void saysWhereADatabaseIs(String url, String server, String database) throws SourceException {
    JdbcAddress address = JdbcAddress.of(url, Place.of(FOLDER));

    assertThat(address.url()).isEqualTo(url);
    assertThat(address.server()).isEqualTo(server);
    assertThat(address.database()).isEqualTo(database);
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:h2:file:./x, jdbc:h2:file:/data/set/x;IFEXISTS=TRUE;ACCESS_MODE_DATA=r",
    "jdbc:h2:./x, jdbc:h2:file:/data/set/x;IFEXISTS=TRUE;ACCESS_MODE_DATA=r",
    "jdbc:h2:../x;MODE=PostgreSQL,"
        + " jdbc:h2:file:/data/x;MODE=PostgreSQL;IFEXISTS=TRUE;ACCESS_MODE_DATA=r",
    "jdbc:h2:/data/x;ifexists=false;access_mode_data=rw;AUTO_SERVER=TRUE,"
        + " jdbc:h2:file:/data/x;IFEXISTS=TRUE;ACCESS_MODE_DATA=r",
    "jdbc:h2:~/x, jdbc:h2:file:HOME/x;IFEXISTS=TRUE;ACCESS_MODE_DATA=r",
    "jdbc:h2:file:~/x, jdbc:h2:file:HOME/x;IFEXISTS=TRUE;ACCESS_MODE_DATA=r",
    "jdbc:h2:mem:x, jdbc:h2:mem:x;IFEXISTS=TRUE",
    "jdbc:h2:tcp://host/x, jdbc:h2:tcp://host/x;IFEXISTS=TRUE"
  })
  void readsH2FilesNextToTheConfigurationAndNeitherCreatesNorChangesThem(
      String url, String expected) throws SourceException {
    String home = System.getProperty("user.home");
    assertThat(JdbcAddress.of(url, Place.of(FOLDER)).url())
        .isEqualTo(expected.replace("HOME", home));
  }

  @Test
  void namesTheKindOfADatabase() throws SourceException {
    assertThat(JdbcAddress.of("jdbc:mysql://db/x", Place.of(FOLDER)).kind())
        .isEqualTo("jdbc:mysql");
    assertThat(JdbcAddress.of("nonsense", Place.of(FOLDER)).kind()).isEqualTo("nonsense");
  }
}
