package dev.attune.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.config.jdbc.JdbcRules;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a jdbcUrl may say: nothing that runs code, writes files or holds a password. */
class JdbcUrlRulesTest {
  private static final String H2 = "jdbc:h2:file:./db";
  private static final String POSTGRESQL = "jdbc:postgresql://db.example/feedback";
  private static final String CODE = "it loads a class and runs its code; remove it";
  private static final String TRACE =
      "it writes a trace in which texts of records can stand; remove it";

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        ";INIT=RUNSCRIPT FROM 'x.sql'~INIT~it runs SQL when the database is opened; remove it",
        ";init=CREATE TABLE T(A INT)~INIT~it runs SQL when the database is opened; remove it",
        ";CACHE_SIZE=1;InIt=SELECT 1\\;SELECT 2~INIT~it runs SQL when the database is opened;"
            + " remove it",
        ";\\INIT=SELECT 1~INIT~it runs SQL when the database is opened; remove it",
        ";TRACE_LEVEL_FILE=3~TRACE_LEVEL_FILE~" + TRACE,
        ";trace_level_system_out=3~TRACE_LEVEL_SYSTEM_OUT~" + TRACE,
        ";TRACE_MAX_FILE_SIZE=3~TRACE_MAX_FILE_SIZE~" + TRACE,
        ";LOG=2~LOG~" + TRACE,
        ";SCRIPT=x~SCRIPT~it runs SQL; remove it",
        ";RUNSCRIPT=x~RUNSCRIPT~it runs SQL; remove it",
        ";DATABASE_EVENT_LISTENER='x.Y'~DATABASE_EVENT_LISTENER~" + CODE,
        ";JAVA_OBJECT_SERIALIZER='x.Y'~JAVA_OBJECT_SERIALIZER~" + CODE,
        ";AUTHENTICATOR=x~AUTHENTICATOR~" + CODE,
        ";AUTHREALM=x~AUTHREALM~" + CODE,
        ";DEFAULT_TABLE_ENGINE=x.Y~DEFAULT_TABLE_ENGINE~" + CODE,
        ";RECOVER_TEST=x~RECOVER_TEST~" + CODE,
      })
  void refusesByNameWhatH2WouldRunOrWrite(String options, String name, String why) {
    String sentence = "the option " + name + " of jdbcUrl is not allowed: " + why;

    assertThat(feedback(H2 + options)).containsExactly("attune.yaml:5: " + sentence);
    assertThat(ledger(H2 + options)).containsExactly("attune.yaml:5: " + sentence);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "socketFactoryArg",
        "sslfactory",
        "sslfactoryarg",
        "sslhostnameverifier",
        "sslpasswordcallback",
        "authenticationPluginClassName",
        "xmlFactoryFactory",
        "connectExecutor",
        "connectExecutorArg"
      })
  void refusesClassesOfPostgresqlsDriver(String name) {
    String sentence = "the option " + name + " of jdbcUrl is not allowed: " + CODE;

    for (String written : List.of(name, name.toUpperCase(Locale.ROOT), percent(name))) {
      String url = POSTGRESQL + "?sslmode=require&" + written + "=x.Y";
      assertThat(feedback(url)).containsExactly("attune.yaml:5: " + sentence);
      assertThat(ledger(url)).containsExactly("attune.yaml:5: " + sentence);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "loggerFile=x~loggerFile~it writes a file in which texts of records can stand; remove it",
        "loggerLevel=TRACE~loggerLevel~it writes a file in which texts of records can stand; remove"
            + " it",
        "jaasApplicationName=x~jaasApplicationName~it runs a login module; remove it",
        "service=x~service~it reads another file for the address; write host, port and database"
            + " into jdbcUrl",
        "PGHOST=x~PGHOST~it replaces the address; write jdbc:postgresql://HOST:PORT/DATABASE",
        "options=-c a=b~options~it sets what the server does; set it in the database with ALTER"
            + " ROLE … SET, a schema with currentSchema",
        "readOnlyMode=ignore~readOnlyMode~Attune decides what it opens to read only; remove it",
        "preferQueryMode=simple~preferQueryMode~it changes how statements are sent; remove it",
        "sslpassword=x~sslpassword~it is a password; use a key without one, which only you may"
            + " read",
      })
  void refusesWhatElseOpensFilesOrReplacesTheAddress(String option, String name, String why) {
    assertThat(feedback(POSTGRESQL + "?" + option))
        .containsExactly(
            "attune.yaml:5: the option " + name + " of jdbcUrl is not allowed: " + why);
  }

  @Test
  void takesNoSocketFactoryButCloudSqls() {
    String google = "com.google.cloud.sql.postgres.SocketFactory";
    String url =
        "jdbc:postgresql:///feedback?cloudSqlInstance=p:r:i&enableIamAuth=true&ipTypes=PRIVATE&user=u";

    assertThat(feedback(url + "&socketFactory=" + google)).isEmpty();
    assertThat(feedback(url + "&socketFactory=x.Y"))
        .containsExactly(
            "attune.yaml:5: the option socketFactory of jdbcUrl takes " + google + " only");
    assertThat(feedback(url + "&socketFactory=" + google + "&cloudSqlAdminRootUrl=http://example"))
        .hasSize(1)
        .allMatch(fault -> fault.contains("cloudSqlAdminRootUrl of jdbcUrl is not allowed"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        POSTGRESQL
            + "?user=u&ssl=true&sslmode=verify-full&sslrootcert=ca.pem&ApplicationName=x"
            + "&connectTimeout=5&currentSchema=a,b&targetServerType=any&tcpKeepAlive=true"
            + "&gssEncMode=disable&channelBinding=require",
        "jdbc:postgresql:feedback",
        "jdbc:postgresql://a:1,b:2/feedback?loadBalanceHosts=true",
        H2 + ";USER=sa;IFEXISTS=TRUE;AUTO_SERVER=TRUE;ACCESS_MODE_DATA=r;MODE=PostgreSQL;",
        H2 + ";LOCK_TIMEOUT=1000;schema=Feedback;NON_KEYWORDS=KEY,VALUE;TIME ZONE=Europe/Berlin",
        "jdbc:h2:~/db",
        "jdbc:h2:./db",
        "jdbc:h2:C:/db",
        "jdbc:h2:mem:x;DB_CLOSE_DELAY=-1",
        "jdbc:h2:tcp://localhost:9092/~/compass",
        "jdbc:h2:ssl://localhost/x",
      })
  void takesTheOptionsThatRunNothing(String url) {
    assertThat(feedback(url)).isEmpty();
  }

  /** H2 runs SET option value, so a value could carry statements of its own. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "LOCK_TIMEOUT=1\\;CREATE TABLE T(A INT)~LOCK_TIMEOUT~a number",
        "SCHEMA=FILE_READ('x')~SCHEMA~a name of letters, digits and _",
        "NON_KEYWORDS=A\\;B~NON_KEYWORDS~names of letters, digits and _ with commas between them",
        "MODE=x y~MODE~a name of letters, digits and _",
        "ACCESS_MODE_DATA=rw~ACCESS_MODE_DATA~r",
        "IFEXISTS=~IFEXISTS~true or false",
      })
  void takesNoStatementsInTheValueOfAnOption(String option, String name, String taken) {
    assertThat(feedback(H2 + ";" + option))
        .containsExactly(
            "attune.yaml:5: the option " + name + " of jdbcUrl takes " + taken + " only");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "jdbc:h2:zip:./a.zip!/db~zip:",
        "jdbc:h2:file:zip:./a.zip!/db~zip:",
        "jdbc:h2:file:nio:./db~nio:",
        "jdbc:h2:classpath:db~classpath:",
        "jdbc:h2:split:./db~split:",
        "jdbc:h2:memFS:./db~memFS:",
        "jdbc:h2:ZIP:./db~ZIP:",
      })
  void opensNoFileInsideAnotherByH2(String url, String kind) {
    assertThat(feedback(url))
        .containsExactly(
            "attune.yaml:5: jdbcUrl opens a database of H2 with \""
                + kind
                + "\", which is not allowed; write jdbc:h2:file:FILE, jdbc:h2:tcp://HOST/DATABASE"
                + " or jdbc:h2:ssl://HOST/DATABASE");
    assertThat(ledger(url)).hasSize(1).allMatch(fault -> fault.endsWith("write jdbc:h2:file:FILE"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jdbc:h2:file:sub\\evil|has a backslash in the address",
        "jdbc:h2:sub\\evil|has a backslash in the address",
        "jdbc:h2:tcp://a\\b/c|has a backslash in the address",
        "jdbc:h2:file:~x/./evil|begins with ~ and no slash after it",
        "jdbc:h2:~|begins with ~ and no slash after it",
      })
  void takesNoAddressThatH2ReadsAsAnother(String url, String fault) {
    for (List<String> faults : List.of(feedback(url), ledger(url))) {
      assertThat(faults).singleElement().asString().startsWith("attune.yaml:5: jdbcUrl " + fault);
    }
    assertThat(JdbcRules.faults("jdbc:h2:zip:\n", JdbcRules.Use.LEDGER))
        .singleElement()
        .asString()
        .startsWith("jdbcUrl has a control character in the address");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "?sslmod=require~the option \"sslmod\" of jdbcUrl is not allowed; did you mean"
            + " \"sslmode\"?",
        "?SSLMODE=require~the option \"SSLMODE\" of jdbcUrl is not allowed; did you mean"
            + " \"sslmode\"?",
        "?ssl=true&amp;user=u~the option \"amp;user\" of jdbcUrl is not allowed; write & for &amp;",
        "?frobnicate~the option \"frobnicate\" of jdbcUrl is not allowed, because Attune does not"
            + " know it; remove it (docs/feedback.md lists those allowed)",
        "?user=a&user=b~the option user of jdbcUrl is given twice; keep one",
        ";INIT=x~jdbcUrl has a \";\"; the options of PostgreSQL follow a \"?\", with \"&\" between"
            + " them",
        "?p%61ssword=hunter2~jdbcUrl seems to hold a password; name it with passwordEnv or"
            + " passwordSecret",
      })
  void saysWhatIsMeantInstead(String options, String sentence) {
    assertThat(feedback(POSTGRESQL + options)).containsExactly("attune.yaml:5: " + sentence);
  }

  @Test
  void tellsOfEveryOptionAtOnceWithTheOtherFaults() {
    assertThat(Yaml.faults(yaml(H2 + ";INIT=x;TRACE_LEVEL_FILE=4") + "colour: red\n"))
        .extracting(fault -> fault.substring(0, Math.min(fault.length(), 45)))
        .containsExactly(
            "attune.yaml:5: the option INIT of jdbcUrl is ",
            "attune.yaml:5: the option TRACE_LEVEL_FILE of",
            "attune.yaml:8: unknown key \"colour\"; known he");
  }

  @Test
  void leavesToTheLedgerHowItsFileIsOpened() {
    assertThat(ledger("jdbc:h2:file:~/.attune/ledger;AUTO_SERVER=TRUE;LOCK_TIMEOUT=9")).isEmpty();
    assertThat(ledger(H2 + ";USER=x"))
        .containsExactly(
            "attune.yaml:5: the option USER of jdbcUrl is not allowed for the ledger: Attune"
                + " decides how it is opened; remove it");
    assertThat(ledger("jdbc:h2:mem:x")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://me:pw@db/x?password=pw&user=u,jdbc:postgresql://db/x",
    "jdbc:postgresql://me@db:1/x,jdbc:postgresql://db:1/x",
    "jdbc:h2:file:./db;USER=u;PASSWORD=pw,jdbc:h2:file:./db",
    "jdbc:h2:tcp://db/~/x,jdbc:h2:tcp://db/~/x",
    "jdbc:postgresql:x,jdbc:postgresql:x",
  })
  void showsNeitherOptionsNorUsers(String url, String shown) {
    assertThat(JdbcRules.shown(url)).isEqualTo(shown);
  }

  private static String percent(String name) {
    return "%" + Integer.toHexString(name.charAt(0)) + name.substring(1);
  }

  private static List<String> feedback(String url) {
    return Yaml.faults(yaml(url));
  }

  private static String yaml(String url) {
    return """
    dataset: talk
    task: conversation
    sources:
      feedback:
        jdbcUrl: "%s"
        table: t
        columns: {id: id, prompt: p, response: r, rating: s}
    """
        .formatted(url.replace("\\", "\\\\"));
  }

  private static List<String> ledger(String url) {
    return Yaml.faults(Yaml.LEAST + "ledger: {jdbcUrl: \"" + url.replace("\\", "\\\\") + "\"}\n");
  }
}
