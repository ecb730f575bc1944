package dev.attune.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command on a machine without credentials of Google, as a process of its own. That Cloud SQL's
 * socket factory looks for them shows that the driver has got its options.
 */
class NoCredentialsTest {
  private static final String CLOUD_SQL =
      "jdbc:postgresql:///talk?cloudSqlInstance=p:europe-west1:i"
          + "&socketFactory=com.google.cloud.sql.postgres.SocketFactory"
          + "&ipTypes=PRIVATE&enableIamAuth=true";
  private static final String IAM_SENTENCE =
      "There are no credentials for the Cloud SQL instance p:europe-west1:i: run \"gcloud auth"
          + " application-default login\", or run with a service account.";

  @TempDir private Path folder;

  @Test
  void cannotOpenALedgerInCloudSql() throws Exception {
    configure(
        "  generated: {files: [a.jsonl]}",
        "ledger: {jdbcUrl: \"" + CLOUD_SQL + "\", username: worker@p.iam}");

    assertThat(refusal("models")).isEqualTo(IAM_SENTENCE);
  }

  @Test
  void cannotReadFeedbackInCloudSql() throws Exception {
    configure(feedback(CLOUD_SQL, "worker@p.iam"), "");

    assertThat(refusal("prepare")).isEqualTo(IAM_SENTENCE);
  }

  @Test
  void cannotReadASecret() throws Exception {
    configure(
        feedback(
            "jdbc:postgresql://127.0.0.1:1/x",
            "u, passwordSecret: projects/p/secrets/s/versions/3"),
        "");

    assertThat(refusal("prepare"))
        .isEqualTo(
            "There are no credentials to read the secret version projects/p/secrets/s/versions/3:"
                + " run \"gcloud auth application-default login\", or run with a service account.");
  }

  private static String feedback(String url, String user) {
    return """
      feedback:
        {jdbcUrl: "%s", username: %s,
         table: t, columns: {id: i, prompt: p, response: r, rating: s}}
    """
        .formatted(url, user);
  }

  private void configure(String source, String more) throws IOException {
    Files.writeString(
        folder.resolve("attune.yaml"),
        "dataset: talk\ntask: conversation\nsources:\n" + source + "\n" + more + "\n");
  }

  /** Runs a command that must end with 3; returns the last line of its stderr. */
  private String refusal(String command) throws Exception {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("-Duser.home=" + folder);
    line.add("-XX:TieredStopAtLevel=1");
    line.add("-cp");
    line.add(System.getProperty("java.class.path"));
    line.add("dev.attune.launcher.Main");
    line.add(command);
    Path printed = folder.resolve("printed");
    ProcessBuilder builder =
        new ProcessBuilder(line).directory(folder.toFile()).redirectError(printed.toFile());
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("NO_GCE_CHECK", "true");
    Process process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    List<String> lines = Files.readAllLines(printed);
    assertThat(process.exitValue()).as(String.join("\n", lines)).isEqualTo(3);
    assertThat(lines).noneMatch(text -> text.contains("SocketFactory"));
    return lines.get(lines.size() - 1);
  }
}
