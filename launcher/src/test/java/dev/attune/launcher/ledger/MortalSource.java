package dev.attune.launcher.ledger;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * Connections of a process that dies before the k-th statement that changes jobs or the list of
 * migrations: from then on nothing reaches the database, no commit either.
 */
final class MortalSource extends ForwardingSource {
  private static final Pattern CHANGE =
      Pattern.compile(
          "(?is)\\s*(alter table jobs|create table if not exists ledger_id|insert into"
              + " (ledger_id|job_states|.*attune_migrations)|update jobs|.*from jobs).*");

  private final List<Connection> open = new ArrayList<>();
  private int left;
  private boolean dead;

  /** Lets so many statements pass. */
  MortalSource(DataSource real, int statements) {
    super(real);
    this.left = statements;
  }

  boolean isDead() {
    return dead;
  }

  /** Closes what the dead process had open, as its system does. */
  void bury() throws SQLException {
    for (Connection connection : open) {
      if (!connection.isClosed()) {
        if (!connection.getAutoCommit()) {
          connection.rollback();
        }
        connection.close();
      }
    }
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (dead) {
      throw new Death();
    }
    Connection connection = real().getConnection();
    open.add(connection);
    return proxy(Connection.class, connection, "");
  }

  private void live(String sql) {
    if (!dead && CHANGE.matcher(sql).matches()) {
      dead = left == 0;
      left--;
    }
    if (dead) {
      throw new Death();
    }
  }

  private <T> T proxy(Class<T> type, T object, String prepared) {
    return type.cast(
        Proxy.newProxyInstance(
            MortalSource.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, args) -> {
              String name = method.getName();
              boolean sql = args != null && args.length > 0 && args[0] instanceof String;
              String text = sql ? (String) args[0] : prepared;
              if (dead && !name.equals("isClosed") && !name.equals("close")) {
                throw new Death();
              }
              if (dead) {
                return name.equals("isClosed") ? Boolean.TRUE : null;
              }
              if (name.startsWith("execute")) {
                live(text);
              }
              Object result;
              try {
                result = method.invoke(object, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
              if (result instanceof PreparedStatement statement) {
                return proxy(PreparedStatement.class, statement, text);
              }
              return result instanceof Statement statement
                  ? proxy(Statement.class, statement, text)
                  : result;
            }));
  }

  /** The process is gone. */
  static final class Death extends Error {
    private static final long serialVersionUID = 1L;

    Death() {
      super("killed, as a test asked", null, false, false);
    }
  }
}
