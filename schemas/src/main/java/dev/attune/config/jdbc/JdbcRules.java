package dev.attune.config.jdbc;

import dev.attune.message.Messages;
import dev.attune.schema.NearestName;
import dev.attune.schema.Printable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks the options and the address of a jdbcUrl. options.tsv lists the allowed options; every
 * other one is refused by its name. No sentence quotes a value.
 */
public final class JdbcRules {
  private static final String SECRET = "password";

  /** Has more than one letter, in contrast to a drive of Windows. */
  private static final Pattern SCHEME = Pattern.compile("^([A-Za-z][A-Za-z0-9]+):.*");

  private static final Pattern USER = Pattern.compile("//[^/]*@.*");

  /** Matches a text between a colon and the host; it may contain a slash. */
  private static final Pattern USER_WITH_PASSWORD = Pattern.compile("//[^/?#@]*:[^?#]*@.*");

  private static final String FILE = "file:";
  private static final Set<String> SERVERS = Set.of("tcp", "ssl");

  private final String use;
  private final List<String> faults = new ArrayList<>();

  private JdbcRules(String use) {
    this.use = use;
  }

  /** The database that a jdbcUrl opens. */
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
    rules.cloudSql(url);
    return List.copyOf(rules.faults);
  }

  /** Returns a jdbcUrl for messages, manifests and reports: without options and user. */
  public static String shown(String jdbcUrl) {
    return JdbcUrl.shown(jdbcUrl);
  }

  private void address(JdbcUrl url) {
    if (url.driver() == JdbcDriver.POSTGRESQL) {
      if (USER_WITH_PASSWORD.matcher(url.address()).matches()) {
        faults.add(Messages.of("schemas.jdbc.password-in-url"));
      } else if (USER.matcher(url.address()).matches()) {
        faults.add(Messages.of("schemas.jdbc.user-in-url"));
      } else if (url.address().indexOf(';') >= 0) {
        faults.add(Messages.of("schemas.jdbc.semicolon"));
      }
      return;
    }
    String name = url.address();
    String unfit = H2File.fault(name.startsWith(FILE) ? name.substring(FILE.length()) : name);
    if (unfit != null) {
      faults.add(Messages.of("schemas.jdbc.file", unfit));
      return;
    }
    if (name.indexOf('?') >= 0) {
      faults.add(Messages.of("schemas.jdbc.question-mark"));
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
        Messages.of(
            isForLedger() ? "schemas.jdbc.ledger-scheme" : "schemas.jdbc.scheme",
            Printable.shortened(known ? inner.substring(0, inner.indexOf(':') + 1) : kind + ":")));
  }

  private boolean isForLedger() {
    return use.equals("ledger");
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
        faults.add(Messages.of("schemas.jdbc.password-in-url"));
      } else if (row != null && row.isNever()) {
        faults.add(Messages.of("schemas.jdbc.option-refused", row.name(), row.why()));
      } else if (row == null || isInWrongCase(url.driver(), option, row)) {
        faults.add(unknown(option.name(), options));
      } else if (!row.isAllowed(use)) {
        faults.add(
            Messages.of(
                "schemas.jdbc.option-elsewhere",
                row.name(),
                isForLedger() ? "the ledger" : "feedback"));
      } else if (!row.takes(option.value())) {
        faults.add(Messages.of("schemas.jdbc.option-value", row.name(), row.taken()));
      } else if (!seen.add(row.name())) {
        faults.add(Messages.of("schemas.jdbc.option-twice", row.name()));
      }
    }
  }

  /**
   * Checks that a Cloud SQL instance is named completely. The driver ignores an instance without
   * its factory, and would connect to this machine.
   */
  private void cloudSql(JdbcUrl url) {
    String factory = url.option(CloudSqlInstance.FACTORY_OPTION);
    String instance = url.option(CloudSqlInstance.OPTION);
    if (factory == null) {
      String alone = instance != null ? CloudSqlInstance.OPTION : CloudSqlInstance.IAM_OPTION;
      if (url.option(alone) != null) {
        faults.add(Messages.of("schemas.jdbc.cloud-sql-factory", alone, CloudSqlInstance.FACTORY));
      }
      return;
    }
    if (instance == null) {
      faults.add(Messages.of("schemas.jdbc.cloud-sql-instance"));
    }
    if (!url.host().isEmpty()) {
      faults.add(Messages.of("schemas.jdbc.cloud-sql-host"));
    }
  }

  /** Returns whether the driver would ignore an option: only PostgreSQL's is case-sensitive. */
  private static boolean isInWrongCase(
      JdbcDriver driver, JdbcUrl.Option option, JdbcOptions.Row row) {
    return driver == JdbcDriver.POSTGRESQL && !row.name().equals(option.name());
  }

  private String unknown(String name, JdbcOptions options) {
    String shown = Printable.shortened(name);
    if (name.startsWith("amp;")) {
      return Messages.of("schemas.jdbc.option-escaped", shown);
    }
    return NearestName.of(name, options.allowed(use))
        .map(near -> Messages.of("schemas.jdbc.option-misspelt", shown, near))
        .orElseGet(() -> Messages.of("schemas.jdbc.option-unknown", shown));
  }
}
