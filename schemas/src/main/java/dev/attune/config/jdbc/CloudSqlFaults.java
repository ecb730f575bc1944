package dev.attune.config.jdbc;

import dev.attune.message.Messages;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Describes failures of Cloud SQL's socket factory. It throws exceptions without a type of their
 * own, so they are recognised by their messages, which are not shown.
 */
public final class CloudSqlFaults {
  private static final Set<String> LOGIN = Set.of("28P01", "28000");

  private CloudSqlFaults() {}

  /**
   * Returns a sentence, or null if the failure is not one of Cloud SQL's.
   *
   * @param url the jdbcUrl
   * @param user the database's user, for the sentence
   */
  public static @Nullable String sentence(SQLException failure, String url, String user) {
    CloudSqlInstance instance = CloudSqlInstance.of(url);
    if (instance == null) {
      return null;
    }
    String name = instance.name();
    if (instance.iam() && LOGIN.contains(String.valueOf(failure.getSQLState()))) {
      return Messages.of("schemas.cloudsql.login", name, user);
    }
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < 20; depth++) {
      String said = String.valueOf(cause.getMessage());
      if (said.startsWith("Unable to obtain credentials")
          || said.contains("Error refreshing credentials")
          || said.contains("Error reading credential file")) {
        return Messages.of("schemas.cloudsql.credentials", name);
      }
      if (said.contains("The Google Cloud SQL Admin API failed") || said.contains("The region")) {
        return Messages.of("schemas.cloudsql.api", name);
      }
      if (said.contains("assigned IP address") || said.contains("IP addresses matching")) {
        return Messages.of("schemas.cloudsql.address", name);
      }
      cause = cause.getCause();
    }
    return null;
  }
}
