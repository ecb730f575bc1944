package dev.attune.launcher.vertex;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.auth.Credentials;
import com.google.auth.oauth2.QuotaProjectIdProvider;
import dev.attune.config.TuningConfig;
import dev.attune.config.TuningConfig.Hyperparameters;
import dev.attune.config.TuningConfig.TuningPlace;
import dev.attune.launcher.tuning.BackEndException;
import dev.attune.launcher.tuning.TuningSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In processes of their own: what is loaded, and what happens on a machine without credentials. */
class VertexStartTest {
  @TempDir Path home;

  /** The verifier looks at some of Google's classes; gRPC, TLS and protobuf stay where they are. */
  @Test
  void loadsNoClientBeforeTheFirstCall() throws Exception {
    List<String> loaded = run("open", "-Xlog:class+load:stdout");

    assertThat(loaded).anyMatch(line -> line.contains(VertexBackEnd.class.getName()));
    assertThat(loaded)
        .noneMatch(line -> line.contains(" io.grpc.") || line.contains(" com.google.protobuf."));
    assertThat(loaded).filteredOn(line -> line.contains(" com.google.")).hasSizeLessThan(40);
  }

  @Test
  void saysHowToLogIn() throws Exception {
    assertThat(run("find"))
        .last()
        .asString()
        .startsWith("REFUSED There are no Google credentials on this machine (Your default")
        .endsWith(
            "): run gcloud auth application-default login, or name the key file of a service"
                + " account in GOOGLE_APPLICATION_CREDENTIALS.");
  }

  /** As {@code gcloud auth application-default login} leaves them, without a quota project. */
  @Test
  void attributesCallsOfAUserToTheProject() throws Exception {
    Files.writeString(
        home.resolve("application_default_credentials.json"),
        """
        {"type": "authorized_user", "client_id": "c", "client_secret": "s", "refresh_token": "r"}
        """);

    assertThat(run("credentials")).last().isEqualTo("my-project");
  }

  private List<String> run(String what, String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(
        List.of(
            "-Duser.home=" + home,
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Opens.class.getName(),
            what));
    Path printed = home.resolve("printed");
    ProcessBuilder process = new ProcessBuilder(command);
    process.environment().remove("GOOGLE_APPLICATION_CREDENTIALS");
    process.environment().remove("GOOGLE_CLOUD_QUOTA_PROJECT");
    process
        .environment()
        .putAll(Map.of("CLOUDSDK_CONFIG", home.toString(), "NO_GCE_CHECK", "true"));
    Process running = process.redirectErrorStream(true).redirectOutput(printed.toFile()).start();
    try {
      assertThat(running.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return Files.readAllLines(printed, StandardCharsets.UTF_8);
    } finally {
      running.destroyForcibly();
    }
  }

  /** Opens a back end that points at Google's own services, and asks it at most without leave. */
  static final class Opens {
    private Opens() {}

    public static void main(String[] args) throws Exception {
      TuningConfig config =
          Configs.of(
              new TuningPlace("my-project", "us-central1", "gs://my-bucket/x", null, false, null),
              Duration.ofSeconds(5));
      try (VertexBackEnd backEnd = VertexBackEnd.open(config)) {
        if (args[0].equals("find")) {
          find(backEnd);
        } else if (args[0].equals("credentials")) {
          Credentials found = GoogleAccess.credentials("my-project");
          System.out.println(((QuotaProjectIdProvider) found).getQuotaProjectId());
        }
      }
    }

    private static void find(VertexBackEnd backEnd) throws IOException {
      try {
        backEnd.find(
            new TuningSpec(
                "sha256:" + "a".repeat(64),
                "vertex",
                "gemini-3.5-flash",
                "us-central1",
                new Hyperparameters(3, 4, 1.0)));
      } catch (BackEndException e) {
        System.out.println(e.kind() + " " + e.getMessage());
      }
    }
  }
}
