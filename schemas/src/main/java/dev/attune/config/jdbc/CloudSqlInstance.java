package dev.attune.config.jdbc;

import org.jspecify.annotations.Nullable;

/**
 * The Cloud SQL instance of a jdbcUrl, which takes the place of a host.
 *
 * @param name {@code PROJECT:REGION:INSTANCE}
 * @param iam whether the user logs in by IAM, without a password
 */
public record CloudSqlInstance(String name, boolean iam) {
  static final String OPTION = "cloudSqlInstance";
  static final String IAM_OPTION = "enableIamAuth";
  static final String FACTORY_OPTION = "socketFactory";
  static final String FACTORY = "com.google.cloud.sql.postgres.SocketFactory";

  /** Returns the instance of a jdbcUrl that has passed {@link JdbcRules}, or null. */
  public static @Nullable CloudSqlInstance of(String jdbcUrl) {
    if (JdbcDriver.of(jdbcUrl) != JdbcDriver.POSTGRESQL) {
      return null;
    }
    JdbcUrl url = JdbcUrl.of(JdbcDriver.POSTGRESQL, jdbcUrl);
    String name = url.option(OPTION);
    return name == null || !FACTORY.equals(url.option(FACTORY_OPTION))
        ? null
        : new CloudSqlInstance(name, Boolean.parseBoolean(url.option(IAM_OPTION)));
  }

  /** Returns the instance as sentences name it, in place of a host. */
  public String shown() {
    return "Cloud SQL instance " + name;
  }
}
