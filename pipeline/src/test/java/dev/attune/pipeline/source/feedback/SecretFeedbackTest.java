package dev.attune.pipeline.source.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.attune.config.SourcesConfig.Connection;
import dev.attune.config.SourcesConfig.Feedback;
import dev.attune.pipeline.source.SourceException;
import dev.attune.pipeline.stage.SourceOutput;
import dev.attune.place.Place;
import dev.attune.testing.secret.EmulatedSecrets;
import io.grpc.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Feedback whose password is in Secret Manager; PostgreSQL is real. */
class SecretFeedbackTest {
  private static final String SECRET = "projects/p/secrets/reader";

  @AutoClose private final EmulatedSecrets google = EmulatedSecrets.start();

  @BeforeAll
  static void createTable() throws SQLException {
    TestPostgres.execute(
        "CREATE TABLE secretly AS SELECT i AS id, 'u' AS user_id, 'ask ' || i AS prompt, 'say' AS"
            + " response, 5 AS rating, NULL::text AS comment, NULL::timestamptz AS created_at FROM"
            + " generate_series(1, 500) AS i");
  }

  @Test
  void readsEveryRowWithOneCallInThisJvmAndNoPasswordInTheGraph()
      throws SourceException, IOException {
    String version = google.add(SECRET, TestPostgres.PASSWORD);
    Feedback feedback = feedback(version);
    FeedbackPlan plan = inspect(feedback);
    ReadFeedback read = ReadFeedback.of(plan, TestConfigs.dataset(feedback));
    Pipeline pipeline = Pipeline.create();
    SourceOutput output = pipeline.apply(read);
    PAssert.thatSingleton(output.examples().apply(Count.globally())).isEqualTo(500L);

    pipeline.run().waitUntilFinish();

    assertThat(plan.ranges()).hasSizeGreaterThan(1);
    assertThat(google.asked()).containsExactly(version);
    // Of the graph, only what this transform brings could hold it: its objects and its display
    // data.
    assertThat(
            List.of(serialized(read), DisplayData.from(read).toString(), plan.access().toString()))
        .noneMatch(text -> text.contains(TestPostgres.PASSWORD))
        .noneMatch(text -> text.contains(google.endpoint()));
    assertThat(serialized(read)).contains(version);
  }

  /** Serialises without compression, unlike Beam. */
  private static String serialized(Object object) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  @Test
  void namesASecretWithAWrongPassword() {
    String version = google.add(SECRET, "wr0ng-one");

    assertThat(refusal(version))
        .isEqualTo(
            "127.0.0.1:"
                + TestPostgres.port()
                + " refuses the user reader or the password in"
                + " projects/p/secrets/reader/versions/1; check both.");
  }

  @Test
  void namesAVersionThatCannotBeRead() {
    String disabled = google.add(SECRET, TestPostgres.PASSWORD);
    google.disable(disabled);

    assertThat(refusal(disabled)).contains("versions/1 is disabled or destroyed; enable it");
    assertThat(refusal(SECRET + "/versions/7"))
        .startsWith("There is no secret version projects/p/secrets/reader/versions/7;");
    google.fail(Status.PERMISSION_DENIED);
    assertThat(refusal(SECRET + "/versions/7"))
        .startsWith("Secret Manager does not let this account read the secret version projects/p/");
  }

  private static Feedback feedback(String version) {
    Connection connection = new Connection(TestPostgres.url(), "reader", null, version);
    return TestConfigs.feedback(connection, "secretly", "id");
  }

  private FeedbackPlan inspect(Feedback feedback) throws SourceException {
    return FeedbackDatabase.of(
            feedback, Place.of(Path.of("/")), Map.of("ATTUNE_SECRET_ENDPOINT", google.endpoint()))
        .inspect();
  }

  private String refusal(String version) {
    SourceException refusal =
        catchThrowableOfType(SourceException.class, () -> inspect(feedback(version)));
    for (Throwable cause = refusal; cause != null; cause = cause.getCause()) {
      assertThat(cause.toString()).doesNotContain(TestPostgres.PASSWORD, "wr0ng-one");
    }
    return String.valueOf(refusal.getMessage());
  }
}
