package dev.attune.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.config.jdbc.CloudSqlFaults;
import dev.attune.config.jdbc.CloudSqlInstance;
import dev.attune.config.jdbc.SecretVersion;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the password of a database is named, and when none is. */
class PasswordKeysTest {
  private static final String CLOUD =
      "jdbc:postgresql:///feedback?cloudSqlInstance=p:europe-west1:i"
          + "&socketFactory=com.google.cloud.sql.postgres.SocketFactory";
  private static final String IAM = CLOUD + "&ipTypes=PRIVATE&enableIamAuth=true";
  private static final String PLAIN = "jdbc:postgresql://db.example/feedback";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "projects/p/secrets/s/versions/3",
        "projects/123/secrets/s/versions/latest",
        "projects/example.com:p/secrets/s_1-a/versions/live",
        "projects/p/locations/europe-west1/secrets/s/versions/3"
      })
  void takesTheNameOfAVersion(String name) throws ConfigException {
    String keys = "username: u, passwordSecret: " + name;

    assertThat(Yaml.load(feedback(PLAIN, keys)).dataset().sources().feedback())
        .matches(read -> read != null && name.equals(read.connection().passwordSecret()));
    assertThat(Yaml.load(ledger(PLAIN, keys)).ledger().passwordSecret()).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "projects/p/secrets/s~passwordSecret names a secret without a version; add"
            + " /versions/NUMBER, for example /versions/3",
        "hunter2~passwordSecret must have the form"
            + " projects/PROJECT/secrets/SECRET/versions/VERSION, with locations/LOCATION after the"
            + " project for a regional secret",
        "projects/p/secrets/s/versions/~passwordSecret must have the form"
            + " projects/PROJECT/secrets/SECRET/versions/VERSION, with locations/LOCATION after the"
            + " project for a regional secret",
      })
  void refusesWhatIsNoVersionInOneSentence(String name, String sentence) {
    String keys = "username: u, passwordSecret: " + name;

    assertThat(Yaml.faults(feedback(PLAIN, keys))).containsExactly("attune.yaml:4: " + sentence);
    assertThat(Yaml.faults(ledger(PLAIN, keys))).containsExactly("attune.yaml:5: " + sentence);
  }

  @Test
  void takesOnePassword() {
    String keys = "passwordEnv: PW, passwordSecret: projects/p/secrets/s/versions/3";
    String sentence = "passwordEnv and passwordSecret exclude each other; keep one";

    assertThat(Yaml.faults(feedback(PLAIN, keys))).containsExactly("attune.yaml:4: " + sentence);
    assertThat(Yaml.faults(ledger(PLAIN, keys))).containsExactly("attune.yaml:5: " + sentence);
  }

  @Test
  void takesACloudSqlInstanceWithAPasswordOrByIam() {
    assertThat(faults(IAM, "username: worker@p.iam")).isEmpty();
    assertThat(faults(IAM + "&user=worker%40p.iam", "table: t")).isEmpty();
    assertThat(faults(CLOUD, "username: u, passwordEnv: PW")).isEmpty();
    assertThat(faults(CLOUD + "&ipTypes=PSC,private", "username: u")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"passwordEnv,PW", "passwordSecret,projects/p/secrets/s/versions/3"})
  void takesNoPasswordBesideIam(String key, String value) {
    assertThat(faults(IAM, "username: u, " + key + ": " + value))
        .containsOnly(
            "jdbcUrl logs in by IAM (enableIamAuth=true), which takes no password; remove " + key);
  }

  @Test
  void needsAUserForIam() {
    assertThat(faults(IAM, "table: t"))
        .hasSize(1)
        .allMatch(fault -> fault.contains("no username is given; add username: the service"));
  }

  @Test
  void takesACloudSqlInstanceOnlyWhenItIsNamedCompletely() {
    String factory = "&socketFactory=com.google.cloud.sql.postgres.SocketFactory";
    String local = "jdbc:postgresql:///feedback?";

    assertThat(faults(local + "cloudSqlInstance=p:r:i", "username: u"))
        .containsOnly(
            "the option cloudSqlInstance of jdbcUrl works with Cloud SQL's socket factory only;"
                + " add socketFactory=com.google.cloud.sql.postgres.SocketFactory");
    assertThat(faults(local + "enableIamAuth=true", "username: u"))
        .hasSize(1)
        .allMatch(fault -> fault.startsWith("the option enableIamAuth of jdbcUrl works with"));
    assertThat(faults(local + factory.substring(1), "username: u"))
        .containsOnly(
            "jdbcUrl has a socketFactory and names no instance; add"
                + " cloudSqlInstance=PROJECT:REGION:INSTANCE");
    assertThat(faults(PLAIN + "?cloudSqlInstance=p:r:i" + factory, "username: u"))
        .containsOnly(
            "jdbcUrl names a host beside a Cloud SQL instance; leave the host out:"
                + " jdbc:postgresql:///DATABASE?cloudSqlInstance=…");
    assertThat(faults(local + "cloudSqlInstance=i" + factory, "username: u"))
        .containsOnly("the option cloudSqlInstance of jdbcUrl takes PROJECT:REGION:INSTANCE only");
    assertThat(faults(CLOUD + "&ipTypes=INTERNAL", "username: u"))
        .containsOnly(
            "the option ipTypes of jdbcUrl takes PUBLIC, PRIVATE or PSC, or several with commas"
                + " between them only");
  }

  @Test
  void knowsTheInstanceOfAUrl() {
    assertThat(CloudSqlInstance.of(IAM)).isEqualTo(new CloudSqlInstance("p:europe-west1:i", true));
    assertThat(CloudSqlInstance.of(CLOUD)).matches(found -> found != null && !found.iam());
    assertThat(CloudSqlInstance.of(PLAIN)).isNull();
    assertThat(CloudSqlInstance.of("jdbc:h2:file:./x;cloudSqlInstance=p:r:i")).isNull();
  }

  @Test
  void knowsTheProjectTheRegionAndWhetherANameIsFixed() {
    SecretVersion regional = new SecretVersion("projects/p/locations/l/secrets/s/versions/3");
    SecretVersion latest = new SecretVersion("projects/p/secrets/s/versions/latest");

    assertThat(regional.project() + " " + regional.location()).isEqualTo("p l");
    assertThat(latest.location()).isEmpty();
    assertThat(regional.isFixed()).isTrue();
    assertThat(latest.isFixed()).isFalse();
  }

  /** The messages are those of the socket factory 1.25.3. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "Unable to obtain credentials to communicate with the Cloud SQL API~There are no"
            + " credentials for the Cloud SQL instance",
        "[p:r:i] The Google Cloud SQL Admin API failed for the project \"p\". Reason: 403~The"
            + " Cloud SQL Admin API refuses the instance p:europe-west1:i",
        "[p:r:i] Cloud SQL instance does not have any IP addresses matching preferences~The Cloud"
            + " SQL instance p:europe-west1:i has no address of the kinds",
      })
  void describesFailuresOfTheSocketFactory(String said, String sentence) {
    SQLException failure =
        new SQLException("unusual", "99999", new IllegalStateException("x", new Exception(said)));

    assertThat(CloudSqlFaults.sentence(failure, IAM, "the user u")).startsWith(sentence);
    assertThat(CloudSqlFaults.sentence(failure, PLAIN, "the user u")).isNull();
    assertThat(CloudSqlFaults.sentence(new SQLException("x", "28P01"), IAM, "the user u"))
        .startsWith("The Cloud SQL instance p:europe-west1:i refuses the user u by IAM");
    assertThat(CloudSqlFaults.sentence(new SQLException("x", "28P01"), CLOUD, "u")).isNull();
  }

  /** The faults of a URL and keys, without lines; the same for feedback and ledger. */
  private static List<String> faults(String url, String keys) {
    List<String> feedback = plain(Yaml.faults(feedback(url, keys)));
    String ofLedger = keys.equals("table: t") ? "" : keys;
    assertThat(plain(Yaml.faults(ledger(url, ofLedger)))).isEqualTo(feedback);
    return feedback;
  }

  private static List<String> plain(List<String> faults) {
    return faults.stream().map(fault -> fault.replaceFirst("attune.yaml:[0-9]+: ", "")).toList();
  }

  private static String feedback(String url, String keys) {
    String table = keys.equals("table: t") ? "" : "table: t, ";
    return """
    dataset: talk
    task: conversation
    sources:
      feedback: {jdbcUrl: "%s", %s%s, columns: {id: i, prompt: p, response: r, rating: s}}
    """
        .formatted(url, table, keys);
  }

  private static String ledger(String url, String keys) {
    return """
    dataset: talk
    task: conversation
    sources:
      generated: {files: [a.jsonl]}
    ledger: {jdbcUrl: "%s"%s}
    """
        .formatted(url, keys.isEmpty() ? "" : ", " + keys);
  }
}
