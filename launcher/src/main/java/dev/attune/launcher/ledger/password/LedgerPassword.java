package dev.attune.launcher.ledger.password;

import dev.attune.config.LedgerConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.message.Messages;
import dev.attune.pipeline.source.secretmanager.SecretException;
import dev.attune.pipeline.source.secretmanager.SecretPasswords;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the password of a PostgreSQL ledger where the configuration says it is. */
public final class LedgerPassword {
  private LedgerPassword() {}

  /**
   * Returns the password, or null if none is configured. One in Secret Manager is read once by this
   * process, also if the feedback has the same.
   *
   * @throws CommandFailure if the variable is not set, or the secret cannot be read
   */
  public static @Nullable String of(LedgerConfig config, Map<String, String> environment)
      throws CommandFailure {
    String secret = config.passwordSecret();
    if (secret != null) {
      try {
        return SecretPasswords.password(
            secret, environment.getOrDefault(SecretPasswords.ENDPOINT, ""));
      } catch (SecretException e) {
        throw new CommandFailure(
            FailureCode.LEDGER,
            Messages.of("launcher.ledger.secret", String.valueOf(e.getMessage())),
            e);
      }
    }
    String variable = config.passwordEnv();
    if (variable == null) {
      return null;
    }
    String password = environment.get(variable);
    if (password == null) {
      throw new CommandFailure(
          FailureCode.LEDGER, Messages.of("launcher.ledger.no-password", variable));
    }
    return password;
  }
}
