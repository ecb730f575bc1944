package dev.attune.pipeline.source.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.attune.config.SourcesConfig.Connection;
import dev.attune.config.SourcesConfig.Feedback;
import dev.attune.pipeline.source.SourceException;
import dev.attune.pipeline.source.feedback.connect.DatabaseFaults;
import dev.attune.place.Place;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.beam.sdk.Pipeline;
import org.junit.jupiter.api.Test;

class LostDatabaseTest {
  private static final String TABLE =
      "SELECT i AS id, 'u' AS user_id, 'ask' AS prompt, repeat('say', 100) AS response, 4 AS"
          + " rating, NULL AS comment, NULL AS created_at FROM generate_series(1, 50000) AS i";

  @Test
  void failsWithOneSentenceWhenTheServerIsGone() throws SourceException, IOException, SQLException {
    Pipeline pipeline = Pipeline.create();
    EmbeddedPostgres server = TestPostgres.start();
    try (java.sql.Connection owner = server.getPostgresDatabase().getConnection();
        Statement statement = owner.createStatement()) {
      statement.execute("CREATE TABLE feedback AS " + TABLE);
    }
    Feedback feedback =
        TestConfigs.feedback(
            new Connection(
                TestPostgres.url(server.getPort()), "reader", TestPostgres.VARIABLE, null),
            "feedback",
            "id");
    pipeline.apply(ReadFeedback.of(plan(feedback), TestConfigs.dataset(feedback)));
    server.close();

    Throwable failure = catchThrowable(() -> pipeline.run().waitUntilFinish());

    assertThat(SourceLostException.sentenceIn(failure))
        .contains("127.0.0.1:" + server.getPort() + " refuses connections; is it running?");
  }

  @Test
  void saysThatTheConnectionWasLostWhileReading() throws SourceException, SQLException {
    TestPostgres.execute("CREATE TABLE lost AS " + TABLE);
    FeedbackPlan plan = plan(TestConfigs.feedback(TestPostgres.reader(), "lost", null));
    AtomicLong rows = new AtomicLong();

    try (java.sql.Connection connection = plan.access().open()) {
      SQLException lost =
          catchThrowableOfType(
              SQLException.class,
              () ->
                  plan.query()
                      .read(
                          connection,
                          RowRange.UNBOUNDED,
                          row -> {
                            if (rows.incrementAndGet() == 1) {
                              endConnectionsOfReader();
                            }
                          }));

      assertThat(rows).hasValueLessThanOrEqualTo(2 * RowQuery.MOST_FETCHED);
      assertThat(DatabaseFaults.sentence(lost, "lost", plan.access().address(), "reader"))
          .isEqualTo(
              "The connection to 127.0.0.1:"
                  + TestPostgres.port()
                  + " was lost while reading lost; check that the database is running and start"
                  + " again.");
    }
  }

  @Test
  void findsTheSentenceInWhatRunnersMakeOfIt() {
    SourceLostException lost = new SourceLostException("It is lost.", new SQLException("reset"));

    assertThat(SourceLostException.sentenceIn(new IllegalStateException("x", lost)))
        .contains("It is lost.");
    assertThat(
            SourceLostException.sentenceIn(
                new IllegalStateException("worker 3: " + lost + "\n\tat somewhere")))
        .contains("It is lost.");
    assertThat(SourceLostException.sentenceIn(new IllegalStateException("other"))).isEmpty();
  }

  private static void endConnectionsOfReader() {
    try {
      TestPostgres.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'reader'");
    } catch (SQLException e) {
      throw new IllegalStateException("The owner may do that", e);
    }
  }

  private static FeedbackPlan plan(Feedback feedback) throws SourceException {
    return FeedbackDatabase.of(feedback, Place.of(Path.of("/")), TestPostgres.ENVIRONMENT)
        .inspect();
  }
}
