package dev.attune.pipeline.source.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.attune.config.SourcesConfig.Connection;
import dev.attune.pipeline.source.SourceException;
import dev.attune.pipeline.source.feedback.connect.DatabaseFaults;
import dev.attune.place.Place;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class UndecodableTextTest {
  @Test
  void namesATableWithATextThatIsNotUtf8() throws SQLException, SourceException {
    TestPostgres.execute(
        "CREATE DATABASE ascii ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE"
            + " template0");
    String url = TestPostgres.url().replace("/postgres", "/ascii");
    try (java.sql.Connection owner = DriverManager.getConnection(url, "postgres", "");
        Statement statement = owner.createStatement()) {
      statement.execute(
          "CREATE TABLE feedback AS SELECT i AS id, 'u' AS user_id, CASE i WHEN 2 THEN E'\\xe4'"
              + " ELSE 'ask' END AS prompt, 'say' AS response, 4 AS rating, NULL AS comment, NULL"
              + " AS created_at FROM generate_series(1, 3) AS i");
    }
    Connection connection = new Connection(url, "reader", TestPostgres.VARIABLE, null);
    FeedbackPlan plan =
        FeedbackDatabase.of(
                TestConfigs.feedback(connection, "feedback", null),
                Place.of(Path.of("/")),
                TestPostgres.ENVIRONMENT)
            .inspect();
    try (java.sql.Connection reader = plan.access().open()) {
      SQLException fault =
          catchThrowableOfType(
              SQLException.class, () -> plan.query().read(reader, RowRange.UNBOUNDED, row -> {}));

      assertThat(DatabaseFaults.sentence(fault, "feedback", plan.access().address(), "reader"))
          .isEqualTo(
              "feedback in the database ascii at 127.0.0.1:"
                  + TestPostgres.port()
                  + " has a text that is not UTF-8 and cannot be sent; correct its encoding.");
    }
  }
}
