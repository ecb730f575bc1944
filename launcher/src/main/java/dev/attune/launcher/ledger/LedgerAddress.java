package dev.attune.launcher.ledger;

import dev.attune.config.LedgerConfig;
import dev.attune.config.jdbc.CloudSqlInstance;
import dev.attune.config.jdbc.H2File;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.ledger.password.LedgerPassword;
import dev.attune.message.Messages;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address of a ledger.
 *
 * @param connections opens connections to the ledger
 * @param folder the folder beside the ledger for large files
 */
record LedgerAddress(Connections connections, Path folder) {
  private static final String H2 = "jdbc:h2:file:";
  private static final Pattern POSTGRESQL =
      Pattern.compile("jdbc:postgresql:(?://([^/?]*)/)?([^?]*).*");

  /**
   * Resolves the address and the password.
   *
   * @param base the folder of attune.yaml
   * @throws CommandFailure if the URL is not supported, or the password is not set or cannot be
   *     read
   */
  static LedgerAddress of(LedgerConfig config, Path base, Map<String, String> environment)
      throws CommandFailure {
    Path home = Path.of(System.getProperty("user.home"));
    String url = config.jdbcUrl();
    if (url.startsWith(H2)) {
      String rest = url.substring(H2.length());
      int options = rest.indexOf(';');
      String path = options < 0 ? rest : rest.substring(0, options);
      H2File file = file(path, base);
      // AUTO_SERVER: a second process connects through the first, over loopback. WRITE_DELAY: what
      // is entered is in the file when the call returns, and not up to half a second later.
      String shared =
          H2
              + file.text()
              + ";AUTO_SERVER=TRUE;WRITE_DELAY=0;TRACE_LEVEL_FILE=0"
              + (options < 0 ? "" : rest.substring(options));
      Path folder = file.with(".files");
      return new LedgerAddress(
          Connections.h2(shared, new LedgerFile(file.with(H2File.DATA), folder)), folder);
    }
    Matcher server = POSTGRESQL.matcher(url);
    if (server.matches()) {
      return new LedgerAddress(
          Connections.postgresql(
              url,
              host(url, server.group(1)) + "/" + server.group(2),
              config.username(),
              LedgerPassword.of(config, environment)),
          home.resolve(".attune"));
    }
    throw new CommandFailure(FailureCode.LEDGER, Messages.of("launcher.ledger.url"));
  }

  private static H2File file(String path, Path base) throws CommandFailure {
    try {
      return H2File.of(path, base);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(
          FailureCode.LEDGER,
          Messages.of("launcher.ledger.h2-url", String.valueOf(e.getMessage())),
          e);
    }
  }

  /** Returns what a ledger is on, for messages: a host or a Cloud SQL instance. */
  private static String host(String url, @Nullable String written) {
    CloudSqlInstance instance = CloudSqlInstance.of(url);
    if (instance != null) {
      return instance.shown();
    }
    return written == null || written.isEmpty() ? "localhost" : written;
  }
}
