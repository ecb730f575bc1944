package dev.attune.config.jdbc;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Options of JDBC URLs, read from options.tsv. */
final class JdbcOptions {
  private static final int COLUMNS = 5;

  private static final Map<JdbcDriver, JdbcOptions> ALL =
      Map.of(
          JdbcDriver.POSTGRESQL, read(JdbcDriver.POSTGRESQL), JdbcDriver.H2, read(JdbcDriver.H2));

  private static final Map<String, Pattern> VALUES =
      Map.of(
          "number", Pattern.compile("-?[0-9]{1,10}"),
          "boolean", Pattern.compile("(?i)true|false"),
          "name", Pattern.compile("[A-Za-z0-9_]+"),
          "names", Pattern.compile("[A-Za-z0-9_]+(,[A-Za-z0-9_]+)*"),
          "zone", Pattern.compile("[A-Za-z0-9_/:+-]+"),
          "instance", Pattern.compile("[a-z0-9.-]+(:[a-z0-9.-]+){2,3}"),
          "ip types",
              Pattern.compile("(?i)(public|primary|private|psc)(,(public|primary|private|psc))*"),
          "text", Pattern.compile("[^\\p{Cntrl}]*"));

  /** The names of the kinds of values, for sentences. */
  private static final Map<String, String> CALLED =
      Map.of(
          "number", "a number",
          "boolean", "true or false",
          "name", "a name of letters, digits and _",
          "names", "names of letters, digits and _ with commas between them",
          "zone", "the name of a time zone",
          "instance", "PROJECT:REGION:INSTANCE",
          "ip types", "PUBLIC, PRIVATE or PSC, or several with commas between them",
          "text", "a text without control characters");

  private final Map<String, Row> rows;

  private JdbcOptions(Map<String, Row> rows) {
    this.rows = rows;
  }

  /**
   * An option.
   *
   * @param where it is allowed
   * @param value the kind of its value, or the only allowed one; empty if the option is never
   *     allowed
   * @param why it is never allowed and what to do; empty if it is allowed
   */
  record Row(String name, String where, String value, String why) {
    boolean isAllowed(String use) {
      return where.equals("both") || where.equals(use);
    }

    boolean isNever() {
      return where.equals("never");
    }

    boolean takes(String text) {
      Pattern kind = VALUES.get(value);
      return kind == null ? text.equals(value) : kind.matcher(text).matches();
    }

    /** Returns the accepted values, for a sentence. */
    String taken() {
      return CALLED.getOrDefault(value, value);
    }
  }

  static JdbcOptions of(JdbcDriver driver) {
    return ALL.getOrDefault(driver, new JdbcOptions(Map.of()));
  }

  /** Returns an option by its name in any case, or null. */
  @Nullable Row inAnyCase(String name) {
    return rows.get(name.toUpperCase(Locale.ROOT));
  }

  /** Returns the names of the options that are allowed for a use. */
  List<String> allowed(String use) {
    return rows.values().stream().filter(row -> row.isAllowed(use)).map(Row::name).toList();
  }

  private static JdbcOptions read(JdbcDriver driver) {
    Map<String, Row> rows = new LinkedHashMap<>();
    for (List<String> cells : DriverTable.rows("options.tsv", driver, COLUMNS)) {
      Row row = new Row(cells.get(1), cells.get(2), cells.get(3), cells.get(4));
      rows.put(row.name().toUpperCase(Locale.ROOT), row);
    }
    return new JdbcOptions(rows);
  }
}
