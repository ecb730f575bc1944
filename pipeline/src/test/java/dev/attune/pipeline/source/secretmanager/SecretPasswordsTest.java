package dev.attune.pipeline.source.secretmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.attune.pipeline.source.secretmanager.SecretException.Kind;
import dev.attune.testing.secret.EmulatedSecrets;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Passwords from an emulated Secret Manager, over gRPC. */
class SecretPasswordsTest {
  private static final String SECRET = "projects/p/secrets/db";
  private static final String PASSWORD = "s3cret-of-the-store";
  private static final Duration SHORT = Duration.ofSeconds(1);

  @AutoClose private final EmulatedSecrets google = EmulatedSecrets.start();

  private final SecretPasswords passwords =
      new SecretPasswords(endpoint -> new SecretManagerStore(endpoint, SHORT));

  @ParameterizedTest
  @ValueSource(strings = {SECRET, "projects/123/locations/europe-west1/secrets/db"})
  void readsAVersionOnce(String secret) throws SecretException {
    String version = google.add(secret, PASSWORD);

    assertThat(read(version)).isEqualTo(PASSWORD);
    assertThat(read(version)).isEqualTo(PASSWORD);
    assertThat(google.asked()).containsExactly(version);
  }

  @Test
  void readsAVersionOnceForManyThreads() throws Exception {
    String version = google.add(SECRET, PASSWORD);
    List<Callable<String>> readers = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      readers.add(() -> read(version));
    }
    ExecutorService threads = Executors.newFixedThreadPool(readers.size());
    try {
      for (Future<String> read : threads.invokeAll(readers)) {
        assertThat(read.get()).isEqualTo(PASSWORD);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(google.asked()).hasSize(1);
  }

  @Test
  void keepsVersionsApart() throws SecretException {
    String first = google.add(SECRET, "one");
    String second = google.add(SECRET, "two");

    assertThat(read(second)).isEqualTo("two");
    assertThat(read(first)).isEqualTo("one");
  }

  @ParameterizedTest
  @CsvSource({"'pass\n', pass", "'pass\r\n', pass", "' pass ', ' pass '", "'pass\n\n', 'pass\n'"})
  void leavesOutTheLineEndOfAnEditor(String stored, String password) throws SecretException {
    assertThat(read(google.add(SECRET, stored))).isEqualTo(password);
  }

  @Test
  void warnsThatLatestMoves() throws SecretException {
    google.add(SECRET, "old");
    google.add(SECRET, PASSWORD);
    List<String> warnings = new ArrayList<>();
    Logger logger = Logger.getLogger(SecretPasswords.class.getName());
    Handler handler = new Collecting(warnings);
    logger.addHandler(handler);
    try {
      assertThat(read(SECRET + "/versions/latest")).isEqualTo(PASSWORD);
      assertThat(read(SECRET + "/versions/latest")).isEqualTo(PASSWORD);
      assertThat(read(SECRET + "/versions/1")).isEqualTo("old");
    } finally {
      logger.removeHandler(handler);
    }

    assertThat(warnings)
        .containsExactly(
            "The secret version projects/p/secrets/db/versions/latest is"
                + " projects/p/secrets/db/versions/2 now, and another run may read another one, so"
                + " runs are not repeatable: name the version by its number.");
  }

  @Test
  void namesWhatIsNotThere() {
    google.add(SECRET, PASSWORD);

    assertThat(failure(SECRET + "/versions/2", Kind.MISSING))
        .isEqualTo(
            "There is no secret version projects/p/secrets/db/versions/2; correct project, secret"
                + " and version in passwordSecret.");
    assertThat(failure("projects/p/secrets/other/versions/latest", Kind.MISSING))
        .startsWith("There is no secret version projects/p/secrets/other/versions/latest;");
  }

  @Test
  void namesAVersionThatIsDisabledOrDestroyed() {
    String disabled = google.add(SECRET, PASSWORD);
    String destroyed = google.add(SECRET, PASSWORD);
    google.disable(disabled);
    google.destroy(destroyed);

    for (String version : List.of(disabled, destroyed)) {
      assertThat(failure(version, Kind.DISABLED))
          .isEqualTo(
              "The secret version "
                  + version
                  + " is disabled or destroyed; enable it, or name another version in"
                  + " passwordSecret.");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "PERMISSION_DENIED~DENIED~Secret Manager does not let this account read the secret version"
            + " NAME: grant it roles/secretmanager.secretAccessor on the secret.",
        "UNAUTHENTICATED~CREDENTIALS~Google refuses the credentials with which NAME was read; log"
            + " in again with \"gcloud auth application-default login\".",
        "INVALID_ARGUMENT~INVALID~Secret Manager refuses to read NAME (INVALID_ARGUMENT); check"
            + " the name in passwordSecret.",
        "UNAVAILABLE~UNAVAILABLE~Secret Manager did not answer for NAME within 1 s (UNAVAILABLE);"
            + " check that this machine reaches secretmanager.googleapis.com, and run again.",
        "DEADLINE_EXCEEDED~UNAVAILABLE~Secret Manager did not answer for NAME within 1 s"
            + " (DEADLINE_EXCEEDED); check that this machine reaches"
            + " secretmanager.googleapis.com, and run again.",
      })
  void saysInOneSentenceWhatToDo(Status.Code code, Kind kind, String sentence) {
    String version = google.add(SECRET, PASSWORD);
    google.fail(code.toStatus().withDescription("of the service"));

    assertThat(failure(version, kind)).isEqualTo(sentence.replace("NAME", version));
  }

  @Test
  void triesAgainAfterAFailure() throws SecretException {
    String version = google.add(SECRET, PASSWORD);
    google.fail(Status.PERMISSION_DENIED);
    failure(version, Kind.DENIED);
    google.fail(null);

    assertThat(read(version)).isEqualTo(PASSWORD);
    assertThat(google.asked()).hasSize(2);
  }

  @Test
  void repeatsACallThatGetsNoAnswer() {
    String version = google.add(SECRET, PASSWORD);
    google.fail(Status.UNAVAILABLE);

    failure(version, Kind.UNAVAILABLE);

    assertThat(google.asked()).hasSizeBetween(2, 10);
  }

  @Test
  void comparesTheChecksum() {
    String version = google.add(SECRET, PASSWORD);
    google.damage();

    assertThat(failure(version, Kind.UNAVAILABLE))
        .isEqualTo(
            "The content of the secret version "
                + version
                + " arrived damaged, its checksum differs; run again.");
  }

  @Test
  void refusesWhatIsNoPassword() {
    String bytes = google.add(SECRET, new byte[] {(byte) 0xff, 1});

    assertThat(failure(bytes, Kind.INVALID)).contains(" is not a password in UTF-8;");
    assertThat(failure(google.add(SECRET, "\n"), Kind.INVALID)).contains(" is empty;");
    assertThat(failure("projects/p/secrets/db", Kind.INVALID)).startsWith("passwordSecret must");
  }

  @Test
  void refusesAnEndpointThatIsNone() {
    SecretException refusal =
        catchThrowableOfType(
            SecretException.class,
            () -> passwords.read(SECRET + "/versions/1", "http://localhost:1"));

    assertThat(refusal).hasMessageStartingWith("The environment variable ATTUNE_SECRET_ENDPOINT");
  }

  @Test
  void showsNoPassword() {
    assertThat(
            new SecretStore.StoredSecret("name", PASSWORD.getBytes(StandardCharsets.UTF_8))
                .toString())
        .isEqualTo("name");
  }

  private String read(String version) throws SecretException {
    return passwords.read(version, google.endpoint());
  }

  private String failure(String version, Kind kind) {
    SecretException failure = catchThrowableOfType(SecretException.class, () -> read(version));
    assertThat(failure.kind()).isEqualTo(kind);
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      assertThat(cause.toString()).doesNotContain(PASSWORD);
    }
    return String.valueOf(failure.getMessage());
  }

  /** Collects what is logged. */
  private static final class Collecting extends Handler {
    private final List<String> messages;

    Collecting(List<String> messages) {
      this.messages = messages;
    }

    @Override
    public void publish(LogRecord logged) {
      messages.add(logged.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
