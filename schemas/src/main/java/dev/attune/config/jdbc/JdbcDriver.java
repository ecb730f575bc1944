package dev.attune.config.jdbc;

import org.jspecify.annotations.Nullable;

/** The drivers that ship with Attune. */
public enum JdbcDriver {
  POSTGRESQL("jdbc:postgresql:"),
  H2("jdbc:h2:");

  private final String prefix;

  JdbcDriver(String prefix) {
    this.prefix = prefix;
  }

  /** Returns the prefix of its URLs. */
  public String prefix() {
    return prefix;
  }

  /** Returns the bundled driver of a URL, or null. */
  public static @Nullable JdbcDriver of(String jdbcUrl) {
    for (JdbcDriver driver : values()) {
      if (jdbcUrl.startsWith(driver.prefix)) {
        return driver;
      }
    }
    return null;
  }
}
