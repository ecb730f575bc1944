package dev.attune.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.config.jdbc.JdbcDriver;
import dev.attune.config.jdbc.JdbcRules;
import dev.attune.config.jdbc.QueryRules;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks what attune.schema.json cannot express or not in helpful words: rules across keys, the
 * text of URLs, queries and paths, and values whose feature is not built yet.
 */
final class ConfigRules {
  /** A property that is named like a password, or something between a colon and the host. */
  private static final Pattern PASSWORD =
      Pattern.compile(
          "(?i)[?&;,(:][^=?&;,(:]*(pass|pwd|secret|token)[^=?&;,(:]*="
              + "|//[^/?#@]*:[^?#]*@"
              + "|^jdbc:oracle:[^@]*/[^@]*@");

  private static final String SECRET = "/sources/feedback/passwordSecret";

  private static final Pattern JDBC_KIND = Pattern.compile("jdbc:[a-z0-9]+:");
  private static final Set<String> DATABASES = Set.of("jdbc:postgresql:", "jdbc:h2:");

  private static final Set<String> LEDGERS = Set.of("jdbc:postgresql:", "jdbc:h2:file:");

  private static final List<String> OBSERVATION_ENDINGS = List.of(".csv", ".jsonl", ".json");
  private static final char MOST_SEPARATOR = 0x7e;
  private static final List<String> JSONL = List.of(".jsonl");

  /** Keys whose paths, or lists of them, cannot be in Cloud Storage yet. */
  private static final List<String> LOCAL_PATHS =
      List.of(
          "/taxonomy",
          "/sources/feedback/improvements",
          "/sources/observations/files",
          "/sources/generated/files",
          "/output/directory",
          "/promotion/envFile");

  private final ConfigTree config;

  private ConfigRules(ConfigTree config) {
    this.config = config;
  }

  /** Adds to the tree every fault that these rules find. */
  static void check(ConfigTree config) {
    ConfigRules rules = new ConfigRules(config);
    rules.sources();
    rules.feedback();
    rules.files();
    rules.separator();
    rules.jdbcUrl("/sources/feedback/jdbcUrl", JdbcRules.Use.FEEDBACK);
    rules.database("/sources/feedback/jdbcUrl");
    rules.jdbcUrl("/ledger/jdbcUrl", JdbcRules.Use.LEDGER);
    rules.ledger("/ledger/jdbcUrl");
    rules.password("/tuning/storageEndpoint", "leave it out");
    if (config.at(SECRET).isTextual()) {
      config.fault(SECRET, "passwordSecret is not built yet; use passwordEnv");
    }
    for (String pointer : LOCAL_PATHS) {
      rules.localPath(pointer);
      for (int i = 0; i < config.at(pointer).size(); i++) {
        rules.localPath(pointer + "/" + i);
      }
    }
  }

  private void localPath(String pointer) {
    JsonNode path = at(pointer);
    if (path.isTextual() && path.textValue().startsWith("gs://")) {
      fault(pointer, "gs:// paths are not built yet; use a file of this machine");
    }
  }

  private void sources() {
    JsonNode sources = at("/sources");
    if (sources.isObject() && sources.isEmpty()) {
      fault("/sources", "sources needs at least one of feedback, observations and generated");
    }
    if (!at("/taxonomy").isMissingNode()) {
      return;
    }
    if (at("/task").asText().equals("classification")) {
      fault("/task", "task classification needs a taxonomy; add the key taxonomy");
    } else if (at("/sources/observations").isObject()) {
      fault("/sources/observations", "observations need a taxonomy; add the key taxonomy");
    }
  }

  private void feedback() {
    JsonNode feedback = at("/sources/feedback");
    if (!feedback.isObject()) {
      return;
    }
    if (feedback.has("table") && feedback.has("query")) {
      fault("/sources/feedback/query", "table and query exclude each other; keep one");
    } else if (!feedback.has("table") && !feedback.has("query")) {
      fault("/sources/feedback", "feedback needs a table or a query");
    }
    if (feedback.has("passwordEnv") && feedback.has("passwordSecret")) {
      fault(SECRET, "passwordEnv and passwordSecret exclude each other; keep one");
    }
    ending("/sources/feedback/improvements", JSONL, false);
    query();
  }

  private void query() {
    JsonNode query = at("/sources/feedback/query");
    JdbcDriver driver = JdbcDriver.of(at("/sources/feedback/jdbcUrl").asText());
    if (query.isTextual() && driver != null) {
      QueryRules.faults(query.textValue(), driver)
          .forEach(sentence -> fault("/sources/feedback/query", sentence));
    }
  }

  private void files() {
    for (int i = 0; i < at("/sources/observations/files").size(); i++) {
      ending("/sources/observations/files/" + i, OBSERVATION_ENDINGS, true);
    }
    for (int i = 0; i < at("/sources/generated/files").size(); i++) {
      ending("/sources/generated/files/" + i, JSONL, true);
    }
  }

  private void ending(String pointer, List<String> endings, boolean packed) {
    JsonNode path = at(pointer);
    if (!path.isTextual() || path.textValue().isEmpty()) {
      return;
    }
    String name = path.textValue().toLowerCase(Locale.ROOT);
    String plain = packed && name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    if (endings.stream().noneMatch(plain::endsWith)) {
      fault(
          pointer,
          "a path or pattern here must end in "
              + String.join(" or ", endings)
              + (packed ? ", and .gz may follow" : ""));
    }
  }

  /** A column of CSV cannot be told apart by what also quotes fields or ends lines. */
  private void separator() {
    String pointer = "/sources/observations/separator";
    JsonNode separator = at(pointer);
    if (!separator.isTextual()) {
      return;
    }
    // A text of another length is told by the schema.
    String text = separator.textValue();
    boolean pair = text.length() == 2 && text.codePointCount(0, 2) == 1;
    if (pair || (text.length() == 1 && !isSeparator(text))) {
      fault(pointer, "separator must be one ASCII character, no quotation mark and no line end");
    }
  }

  static boolean isSeparator(String text) {
    char c = text.length() == 1 ? text.charAt(0) : '"';
    return c > 0 && c <= MOST_SEPARATOR && c != '"' && c != '\n' && c != '\r';
  }

  /** Of a driver that ships by its options, of another by what looks like a password. */
  private void jdbcUrl(String pointer, JdbcRules.Use use) {
    String url = at(pointer).asText();
    if (JdbcDriver.of(url) == null) {
      password(pointer, "name it with passwordEnv");
      return;
    }
    JdbcRules.faults(url, use).forEach(sentence -> fault(pointer, sentence));
  }

  private void password(String pointer, String advice) {
    JsonNode url = at(pointer);
    if (url.isTextual() && PASSWORD.matcher(url.textValue()).find()) {
      String key = pointer.substring(pointer.lastIndexOf('/') + 1);
      fault(pointer, key + " seems to hold a password; " + advice);
    }
  }

  /** A database whose driver ships; of another the password rule may have spoken already. */
  private void database(String pointer) {
    String url = at(pointer).asText();
    Matcher kind = JDBC_KIND.matcher(url);
    if (kind.lookingAt() && !DATABASES.contains(kind.group()) && !PASSWORD.matcher(url).find()) {
      fault(
          pointer,
          "jdbcUrl is of a database that Attune has no driver for ("
              + kind.group()
              + "); it reads jdbc:postgresql: and jdbc:h2:, so copy the rows into one of them, or"
              + " export them to a file for sources.observations or sources.generated");
    }
  }

  /** One of the two kinds of ledger; of others of H2 and of passwords the rules above speak. */
  private void ledger(String pointer) {
    String url = at(pointer).asText();
    boolean isKnown = LEDGERS.stream().anyMatch(url::startsWith);
    if (JDBC_KIND.matcher(url).lookingAt() && !isKnown && !PASSWORD.matcher(url).find()) {
      boolean isSaid = !JdbcRules.faults(url, JdbcRules.Use.LEDGER).isEmpty();
      if (!isSaid) {
        fault(pointer, "ledger.jdbcUrl must start with jdbc:h2:file: or jdbc:postgresql:");
      }
    }
  }

  private JsonNode at(String pointer) {
    return config.at(pointer);
  }

  private void fault(String pointer, String sentence) {
    config.fault(pointer, sentence);
  }
}
