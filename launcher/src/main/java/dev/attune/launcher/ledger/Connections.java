package dev.attune.launcher.ledger;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.ledger.account.LedgerAccount;
import dev.attune.launcher.ledger.account.PasswordFileException;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Where connections to the ledger come from.
 *
 * @param source opens them
 * @param ledger where it is, for people
 * @param file of an H2 ledger, or null
 */
record Connections(DataSource source, String ledger, @Nullable LedgerFile file) {
  private static final int CONNECT_SECONDS = 10;

  /** H2: cannot be read, corrupt, of another version, or a fault inside H2 itself. */
  private static final Set<String> H2_DAMAGED =
      Set.of("90028", "90030", "90031", "90048", "HY000", "HY004", "22018");

  static {
    // H2 reads it once, when its classes load: Main sets it, too, before any other H2 is opened.
    System.setProperty("h2.bindAddress", "127.0.0.1");
  }

  /** Connections to an H2 file. */
  static Connections h2(String url, LedgerFile file) {
    LedgerAccount source = new LedgerAccount(url, file.path(), file.password(), file::version);
    return new Connections(source, file.path().toString(), file);
  }

  /** Connections to PostgreSQL. */
  static Connections postgresql(
      String url, String described, @Nullable String username, @Nullable String password) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setURL(url);
    if (username != null) {
      source.setUser(username);
    }
    if (password != null) {
      source.setPassword(password);
    }
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setLoginTimeout(CONNECT_SECONDS);
    source.setApplicationName("attune");
    return new Connections(source, described, null);
  }

  /** One sentence for a ledger that does not open. */
  CommandFailure refusal(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    if (file != null && H2_DAMAGED.contains(state)) {
      return file.damaged(e);
    }
    if (e instanceof PasswordFileException) {
      return new CommandFailure(FailureCode.LEDGER, List.of(), String.valueOf(e.getMessage()), e);
    }
    if (file != null && LedgerAccount.WRONG_PASSWORD.equals(state)) {
      return file.wrongPassword(e);
    }
    String sentence =
        switch (state) {
          case "28P01", "28000" ->
              "PostgreSQL refuses the user or the password of the ledger "
                  + ledger
                  + "; check ledger.username and ledger.passwordEnv.";
          case "3D000" ->
              "There is no database for the ledger "
                  + ledger
                  + "; create it, or check its jdbcUrl.";
          case "08001", "08004", "08006" ->
              "Cannot reach the ledger " + ledger + "; is it running? Check ledger.jdbcUrl.";
          case "42501" ->
              "The user may not make the tables of the ledger "
                  + ledger
                  + "; grant CREATE on its schema.";
          case "90020", "90135" ->
              "Another program has the ledger " + ledger + " open for itself alone; end it.";
          default ->
              "Cannot open the ledger "
                  + ledger
                  + " (SQLState "
                  + state
                  + "); check ledger.jdbcUrl, and that it is a ledger of Attune.";
        };
    return new CommandFailure(FailureCode.LEDGER, List.of(), sentence, e);
  }
}
