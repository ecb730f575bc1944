package dev.attune.config.jdbc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.message.Messages;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks how a section of attune.yaml with a jdbcUrl names the user and the password. */
public final class PasswordRules {
  private PasswordRules() {}

  /**
   * A fault.
   *
   * @param key the key in the section
   * @param sentence what is wrong with it
   */
  public record Fault(String key, String sentence) {}

  /**
   * Returns the faults of a section.
   *
   * @param section with {@code jdbcUrl}, {@code username}, {@code passwordEnv} and {@code
   *     passwordSecret}, each of which may be missing
   */
  public static List<Fault> faults(JsonNode section) {
    List<Fault> faults = new ArrayList<>();
    String password = password(section);
    if (section.has("passwordEnv") && section.has("passwordSecret")) {
      faults.add(new Fault("passwordSecret", Messages.of("schemas.secret.two-passwords")));
    }
    String url = section.path("jdbcUrl").asText();
    CloudSqlInstance instance = CloudSqlInstance.of(url);
    if (instance == null || !instance.iam()) {
      return faults;
    }
    if (password != null) {
      faults.add(new Fault(password, Messages.of("schemas.secret.iam-password", password)));
    }
    boolean named =
        section.has("username") || JdbcUrl.of(JdbcDriver.POSTGRESQL, url).option("user") != null;
    if (!named) {
      faults.add(new Fault("jdbcUrl", Messages.of("schemas.secret.iam-user")));
    }
    return faults;
  }

  private static @Nullable String password(JsonNode section) {
    if (section.has("passwordSecret")) {
      return "passwordSecret";
    }
    return section.has("passwordEnv") ? "passwordEnv" : null;
  }
}
