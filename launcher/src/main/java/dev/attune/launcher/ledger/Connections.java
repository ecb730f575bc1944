package dev.attune.launcher.ledger;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.ledger.password.LedgerAccount;
import dev.attune.launcher.ledger.password.PasswordFileException;
import dev.attune.message.Messages;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections to a ledger.
 *
 * @param source opens the connections
 * @param ledger the place of the ledger, for messages
 * @param file the file of an H2 ledger, or null
 */
record Connections(DataSource source, String ledger, @Nullable LedgerFile file) {
  /**
   * H2's SQL states for files that are unreadable, corrupt, of another version, or cause a fault.
   */
  private static final Set<String> H2_DAMAGED =
      Set.of("90028", "90030", "90031", "90048", "HY000", "HY004", "22018");

  static {
    // H2 reads the property once, when its classes load. Main sets it before any other H2 is
    // opened.
    System.setProperty("h2.bindAddress", "127.0.0.1");
  }

  /** Returns connections to an H2 file. */
  static Connections h2(String url, LedgerFile file) {
    LedgerAccount source = new LedgerAccount(url, file.path(), file.password(), file::version);
    return new Connections(source, file.path().toString(), file);
  }

  /** Returns connections to PostgreSQL. */
  static Connections postgresql(
      String url, String described, @Nullable String username, @Nullable String password) {
    return new Connections(new PostgresSource(url, username, password), described, null);
  }

  /** Returns the failure of a ledger that cannot be opened. */
  CommandFailure refusal(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    if (file != null && H2_DAMAGED.contains(state)) {
      return file.damaged(e);
    }
    if (e instanceof PasswordFileException) {
      return new CommandFailure(FailureCode.LEDGER, String.valueOf(e.getMessage()), e);
    }
    if (file != null && LedgerAccount.WRONG_PASSWORD.equals(state)) {
      return file.wrongPassword(e);
    }
    String cloudSql =
        source instanceof PostgresSource postgresql ? postgresql.cloudSqlSentence(e) : null;
    String sentence =
        switch (state) {
          case "28P01", "28000" -> Messages.of("launcher.ledger.login", ledger);
          case "3D000" -> Messages.of("launcher.ledger.no-database", ledger);
          case "08001", "08004", "08006" -> Messages.of("launcher.ledger.unreachable", ledger);
          case "42501" -> Messages.of("launcher.ledger.no-create", ledger);
          case "90020", "90135" -> Messages.of("launcher.ledger.exclusive", ledger);
          default -> Messages.of("launcher.ledger.unopened", ledger, state);
        };
    return new CommandFailure(FailureCode.LEDGER, cloudSql == null ? sentence : cloudSql, e);
  }
}
