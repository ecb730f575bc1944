import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * Tries to get into a ledger that a process has open: {@code LedgerIntruder URL PASSWORD...}. Prints
 * {@code refused} when every password is refused, {@code open} when one opens it, and what happened
 * otherwise.
 */
final class LedgerIntruder {
  private LedgerIntruder() {}

  public static void main(String[] args) {
    for (int i = 1; i < args.length; i++) {
      try (Connection connection = DriverManager.getConnection(args[0], "sa", args[i])) {
        System.out.println(connection.isValid(1) ? "open" : "closed");
        return;
      } catch (SQLException e) {
        if (!"28000".equals(e.getSQLState())) {
          System.out.println("unreachable " + e.getSQLState());
          return;
        }
      }
    }
    System.out.println("refused");
  }
}
