package dev.attune.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.bytes.Utf8;
import dev.attune.config.jdbc.JdbcDriver;
import dev.attune.config.jdbc.JdbcRules;
import dev.attune.config.jdbc.PasswordRules;
import dev.attune.config.jdbc.QueryRules;
import dev.attune.config.textmodel.ImprovementRules;
import dev.attune.config.textmodel.TextModelRules;
import dev.attune.message.Messages;
import dev.attune.place.Place;
import dev.attune.place.PlaceException;
import dev.attune.schema.NearestName;
import java.util.ArrayList;
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
  /** Matches a property that is named like a password, or a text between a colon and the host. */
  private static final Pattern PASSWORD =
      Pattern.compile(
          "(?i)[?&;,(:][^=?&;,(:]*(pass|pwd|secret|token)[^=?&;,(:]*="
              + "|//[^/?#@]*:[^?#]*@"
              + "|^jdbc:oracle:[^@]*/[^@]*@");

  private static final Pattern JDBC_KIND = Pattern.compile("jdbc:[a-z0-9]+:");
  private static final Set<String> DATABASES = Set.of("jdbc:postgresql:", "jdbc:h2:");

  private static final Set<String> LEDGERS = Set.of("jdbc:postgresql:", "jdbc:h2:file:");

  private static final List<String> OBSERVATION_ENDINGS = List.of(".csv", ".jsonl", ".json");
  private static final char MOST_SEPARATOR = 0x7e;
  private static final List<String> JSONL = List.of(".jsonl");

  /** Keys whose values are places, patterns of places, or lists of these. */
  private static final List<String> PLACES =
      List.of(
          "/taxonomy",
          "/sources/feedback/improvements",
          "/sources/observations/files",
          "/sources/generated/files",
          "/output/directory",
          "/promotion/envFile",
          "/tuning/baseModels",
          "/evaluation/rubric",
          "/evaluation/gold");

  private final ConfigTree config;

  private final Place folder;

  private ConfigRules(ConfigTree config, Place folder) {
    this.config = config;
    this.folder = folder;
  }

  /**
   * Adds to the tree every fault that these rules find.
   *
   * @param folder of attune.yaml
   */
  static void check(ConfigTree config, Place folder) {
    ConfigRules rules = new ConfigRules(config, folder);
    rules.sources();
    rules.feedback();
    rules.files();
    rules.judges();
    rules.separator();
    rules.improvement();
    rules.jdbcUrl("/sources/feedback/jdbcUrl", JdbcRules.Use.FEEDBACK);
    rules.database("/sources/feedback/jdbcUrl");
    rules.jdbcUrl("/ledger/jdbcUrl", JdbcRules.Use.LEDGER);
    rules.ledger("/ledger/jdbcUrl");
    rules.password("/tuning/storageEndpoint", Messages.of("schemas.config.password-in-endpoint"));
    rules.passwordKeys("/sources/feedback");
    rules.passwordKeys("/ledger");
    rules.textModels();
    for (String pointer : PLACES) {
      rules.place(pointer);
      for (int i = 0; i < config.at(pointer).size(); i++) {
        rules.place(pointer + "/" + i);
      }
    }
  }

  private void textModels() {
    JsonNode models = at("/models");
    TextModelRules.faults(models)
        .forEach(fault -> fault("/models" + fault.pointer(), fault.sentence()));
    for (String pointer : TextModelRules.places(models)) {
      place("/models" + pointer);
      ending("/models" + pointer, JSONL, false);
    }
  }

  private void improvement() {
    ImprovementRules.faults(at("")).forEach(fault -> fault(fault.pointer(), fault.sentence()));
  }

  private void place(String pointer) {
    JsonNode place = at(pointer);
    // Of a text that is no Unicode the schema's rules speak.
    if (place.isTextual()
        && place.textValue().indexOf('\0') < 0
        && !Utf8.hasLoneSurrogate(place.textValue())) {
      try {
        Place.of(place.textValue(), folder);
      } catch (PlaceException e) {
        fault(pointer, String.valueOf(e.getMessage()));
      }
    }
  }

  private void sources() {
    JsonNode sources = at("/sources");
    if (sources.isObject() && sources.isEmpty()) {
      fault("/sources", Messages.of("schemas.config.no-source"));
    }
    if (!at("/taxonomy").isMissingNode()) {
      return;
    }
    if (at("/task").asText().equals("classification")) {
      fault("/task", Messages.of("schemas.config.task-without-taxonomy"));
    } else if (at("/sources/observations").isObject()) {
      fault("/sources/observations", Messages.of("schemas.config.observations-without-taxonomy"));
    }
  }

  private void feedback() {
    JsonNode feedback = at("/sources/feedback");
    if (!feedback.isObject()) {
      return;
    }
    if (feedback.has("table") && feedback.has("query")) {
      fault("/sources/feedback/query", Messages.of("schemas.config.table-and-query"));
    } else if (!feedback.has("table") && !feedback.has("query")) {
      fault("/sources/feedback", Messages.of("schemas.config.no-table"));
    }
    ending("/sources/feedback/improvements", JSONL, false);
    query();
  }

  private void passwordKeys(String section) {
    PasswordRules.faults(at(section))
        .forEach(fault -> fault(section + "/" + fault.key(), fault.sentence()));
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

  /**
   * Checks that every judge is a model of the configuration, and that a gold file has an ending.
   */
  private void judges() {
    List<String> models = new ArrayList<>();
    at("/models").fieldNames().forEachRemaining(models::add);
    JsonNode judges = at("/evaluation/judges");
    for (int i = 0; i < judges.size(); i++) {
      String judge = judges.path(i).asText();
      if (judges.path(i).isTextual() && !models.contains(judge)) {
        String pointer = "/evaluation/judges/" + i;
        NearestName.of(judge, models)
            .ifPresentOrElse(
                near -> fault(pointer, Messages.of("schemas.config.misspelt-judge", judge, near)),
                () -> fault(pointer, Messages.of("schemas.config.unknown-judge", judge)));
      }
    }
    ending("/evaluation/gold", JSONL, false);
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
          Messages.of(
              packed ? "schemas.config.ending-or-gzip" : "schemas.config.ending",
              String.join(" or ", endings)));
    }
  }

  /**
   * Checks that the separator of CSV columns is not a character that quotes fields or ends lines.
   */
  private void separator() {
    String pointer = "/sources/observations/separator";
    JsonNode separator = at(pointer);
    if (!separator.isTextual()) {
      return;
    }
    // The schema reports a text of another length.
    String text = separator.textValue();
    boolean pair = text.length() == 2 && text.codePointCount(0, 2) == 1;
    if (pair || (text.length() == 1 && !isSeparator(text))) {
      fault(pointer, Messages.of("schemas.config.separator"));
    }
  }

  static boolean isSeparator(String text) {
    char c = text.length() == 1 ? text.charAt(0) : '"';
    return c > 0 && c <= MOST_SEPARATOR && c != '"' && c != '\n' && c != '\r';
  }

  /** Checks the options of a URL for a bundled driver, and any other URL for a password. */
  private void jdbcUrl(String pointer, JdbcRules.Use use) {
    String url = at(pointer).asText();
    if (JdbcDriver.of(url) == null) {
      password(pointer, Messages.of("schemas.jdbc.password-in-url"));
      return;
    }
    JdbcRules.faults(url, use).forEach(sentence -> fault(pointer, sentence));
  }

  private void password(String pointer, String sentence) {
    JsonNode url = at(pointer);
    if (url.isTextual() && PASSWORD.matcher(url.textValue()).find()) {
      fault(pointer, sentence);
    }
  }

  /** Checks that a bundled driver takes the URL, unless the password rule has refused it. */
  private void database(String pointer) {
    String url = at(pointer).asText();
    Matcher kind = JDBC_KIND.matcher(url);
    if (kind.lookingAt() && !DATABASES.contains(kind.group()) && !PASSWORD.matcher(url).find()) {
      fault(pointer, Messages.of("schemas.jdbc.no-driver", kind.group()));
    }
  }

  /** Checks that the URL is of an H2 file or PostgreSQL, unless another rule has refused it. */
  private void ledger(String pointer) {
    String url = at(pointer).asText();
    boolean isKnown = LEDGERS.stream().anyMatch(url::startsWith);
    if (JDBC_KIND.matcher(url).lookingAt() && !isKnown && !PASSWORD.matcher(url).find()) {
      boolean isSaid = !JdbcRules.faults(url, JdbcRules.Use.LEDGER).isEmpty();
      if (!isSaid) {
        fault(pointer, Messages.of("schemas.jdbc.ledger-url"));
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
