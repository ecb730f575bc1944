package dev.attune.launcher.ledger.password;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Another process that has a ledger open, as an older Attune had it: without a password. */
final class LedgerHolder {
  private LedgerHolder() {}

  /** Holds the database of a URL until its standard input ends. */
  public static void main(String[] url) throws SQLException, IOException {
    try (Connection held = DriverManager.getConnection(url[0], "sa", "");
        var statement = held.createStatement()) {
      PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
      out.println("open");
      while (System.in.read() >= 0) {
        try (var rows = statement.executeQuery("select 1")) {
          out.println(rows.next() ? "alive" : "dead");
        }
      }
    }
  }
}
