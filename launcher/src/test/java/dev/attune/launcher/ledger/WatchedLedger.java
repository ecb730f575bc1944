package dev.attune.launcher.ledger;

import dev.attune.config.LedgerConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.Shell;
import java.lang.StackWalker.StackFrame;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** A ledger whose every commit is told to somebody, who may end the world there. */
public final class WatchedLedger {
  private static final Set<String> BOOKS = Set.of(Jobs.class.getName(), Datasets.class.getName());

  private WatchedLedger() {}

  /**
   * Opens a ledger.
   *
   * @param committed hears after each commit which method it was for, as in {@code
   *     Jobs.claimCreate}; not while tables are brought up to date
   */
  public static Ledger open(
      LedgerConfig config, Path folder, Shell shell, Consumer<String> committed)
      throws CommandFailure {
    LedgerAddress address = LedgerAddress.of(config, folder, shell.environment());
    Connections connections = address.connections();
    Watched source = new Watched(connections.source(), committed);
    Ledger ledger =
        new Ledger(
            LedgerDatabase.open(
                new Connections(source, connections.ledger(), null), null, shell.clock()),
            address);
    source.watching = true;
    return ledger;
  }

  private static final class Watched extends ForwardingSource {
    private final Consumer<String> committed;
    private volatile boolean watching;

    Watched(DataSource real, Consumer<String> committed) {
      super(real);
      this.committed = committed;
    }

    @Override
    public Connection getConnection() throws SQLException {
      Connection connection = real().getConnection();
      return (Connection)
          Proxy.newProxyInstance(
              Watched.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              (proxy, method, args) -> {
                Object result;
                try {
                  result = method.invoke(connection, args);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
                if (watching && method.getName().equals("commit")) {
                  committed.accept(caller());
                }
                return result;
              });
    }

    /** The public method of the ledger that is at work. */
    private static String caller() {
      return StackWalker.getInstance()
          .walk(
              frames ->
                  frames
                      .filter(frame -> BOOKS.contains(frame.getClassName()))
                      .reduce((inner, outer) -> outer)
                      .map(Watched::name)
                      .orElse("unknown"));
    }

    private static String name(StackFrame frame) {
      String type = frame.getClassName();
      return type.substring(type.lastIndexOf('.') + 1) + "." + frame.getMethodName();
    }
  }
}
