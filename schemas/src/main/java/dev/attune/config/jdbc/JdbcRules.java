package dev.attune.config.jdbc;

import dev.attune.schema.NearestName;
import dev.attune.schema.Printable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is wrong with a jdbcUrl: options that are not allowed, and addresses that are no database.
 * The options that are allowed stand in options.tsv; every other one is refused by its name. No
 * sentence quotes a value.
 */
public final class JdbcRules {
  private static final String SECRET = "password";
  private static final String PASSWORD =
      "jdbcUrl seems to hold a password; name it with passwordEnv";

  /** More than one letter, so no drive of Windows. */
  private static final Pattern SCHEME = Pattern.compile("^([A-Za-z][A-Za-z0-9]+):.*");

  private static final Pattern USER = Pattern.compile("//[^/]*@.*");

  /** Something between a colon and the host; it may hold a slash. */
  private static final Pattern USER_WITH_PASSWORD = Pattern.compile("//[^/?#@]*:[^?#]*@.*");

  private static final String FILE = "file:";
  private static final Set<String> SERVERS = Set.of("tcp", "ssl");

  private final String use;
  private final List<String> faults = new ArrayList<>();

  private JdbcRules(String use) {
    this.use = use;
  }

  /** What a jdbcUrl is for. */
  public enum Use {
    FEEDBACK,
    LEDGER
  }

  /** Returns a sentence for each fault; none for a URL of another driver, which nothing opens. */
  public static List<String> faults(String jdbcUrl, Use use) {
    JdbcDriver driver = JdbcDriver.of(jdbcUrl);
    if (driver == null) {
      return List.of();
    }
    JdbcRules rules = new JdbcRules(use.name().toLowerCase(Locale.ROOT));
    JdbcUrl url = JdbcUrl.of(driver, jdbcUrl);
    rules.address(url);
    rules.options(url);
    return List.copyOf(rules.faults);
  }

  /** A jdbcUrl as messages, manifests and reports show it: without options and without a user. */
  public static String shown(String jdbcUrl) {
    return JdbcUrl.shown(jdbcUrl);
  }

  private void address(JdbcUrl url) {
    if (url.driver() == JdbcDriver.POSTGRESQL) {
      if (USER_WITH_PASSWORD.matcher(url.address()).matches()) {
        faults.add(PASSWORD);
      } else if (USER.matcher(url.address()).matches()) {
        faults.add("jdbcUrl names a user before the host; name it with username instead");
      } else if (url.address().indexOf(';') >= 0) {
        faults.add(
            "jdbcUrl has a \";\"; the options of PostgreSQL follow a \"?\", with \"&\" between"
                + " them");
      }
      return;
    }
    String name = url.address();
    String unfit = H2File.fault(name.startsWith(FILE) ? name.substring(FILE.length()) : name);
    if (unfit != null) {
      faults.add("jdbcUrl " + unfit);
      return;
    }
    if (name.indexOf('?') >= 0) {
      faults.add("jdbcUrl has a \"?\"; the options of H2 follow a \";\", with \";\" between them");
    }
    var scheme = SCHEME.matcher(name);
    if (!scheme.matches()) {
      return;
    }
    String kind = scheme.group(1);
    boolean known = kind.equals("file") || (use.equals("feedback") && isNoFile(kind));
    String inner = name.substring(kind.length() + 1);
    if (known && (!kind.equals("file") || !SCHEME.matcher(inner).matches())) {
      return;
    }
    faults.add(
        "jdbcUrl opens a database of H2 with \""
            + Printable.shortened(known ? inner.substring(0, inner.indexOf(':') + 1) : kind + ":")
            + "\", which is not allowed; write "
            + (use.equals("ledger")
                ? "jdbc:h2:file:FILE"
                : "jdbc:h2:file:FILE, jdbc:h2:tcp://HOST/DATABASE or jdbc:h2:ssl://HOST/DATABASE"));
  }

  private static boolean isNoFile(String kind) {
    return kind.equals("mem") || SERVERS.contains(kind);
  }

  private void options(JdbcUrl url) {
    JdbcOptions options = JdbcOptions.of(url.driver());
    Set<String> seen = new HashSet<>();
    for (JdbcUrl.Option option : url.options()) {
      JdbcOptions.Row row = options.inAnyCase(option.name());
      if (row != null && row.why().equals(SECRET)) {
        faults.add(PASSWORD);
      } else if (row != null && row.isNever()) {
        faults.add("the option " + row.name() + " of jdbcUrl is not allowed: " + row.why());
      } else if (row == null || isInWrongCase(url.driver(), option, row)) {
        faults.add(unknown(option.name(), options));
      } else if (!row.isAllowed(use)) {
        faults.add(
            "the option "
                + row.name()
                + " of jdbcUrl is not allowed for "
                + (use.equals("ledger") ? "the ledger" : "feedback")
                + ": Attune decides how it is opened; remove it");
      } else if (!row.takes(option.value())) {
        faults.add("the option " + row.name() + " of jdbcUrl takes " + row.taken() + " only");
      } else if (!seen.add(row.name())) {
        faults.add("the option " + row.name() + " of jdbcUrl is given twice; keep one");
      }
    }
  }

  /** H2 takes any case; PostgreSQL's driver leaves out what it does not know. */
  private static boolean isInWrongCase(
      JdbcDriver driver, JdbcUrl.Option option, JdbcOptions.Row row) {
    return driver == JdbcDriver.POSTGRESQL && !row.name().equals(option.name());
  }

  private String unknown(String name, JdbcOptions options) {
    String shown = "the option \"" + Printable.shortened(name) + "\" of jdbcUrl is not allowed";
    if (name.startsWith("amp;")) {
      return shown + "; write & for &amp;";
    }
    return shown
        + NearestName.of(name, options.allowed(use))
            .map(near -> "; did you mean \"" + near + "\"?")
            .orElse(
                ", because Attune does not know it; remove it (docs/feedback.md lists those"
                    + " allowed)");
  }
}
