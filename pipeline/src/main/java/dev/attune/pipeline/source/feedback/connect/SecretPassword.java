package dev.attune.pipeline.source.feedback.connect;

import dev.attune.pipeline.source.SourceException;
import dev.attune.pipeline.source.secretmanager.SecretException;
import dev.attune.pipeline.source.secretmanager.SecretPasswords;
import java.util.Map;

/** The name of a version of a secret in Secret Manager. Each JVM reads it once. */
public final class SecretPassword implements PasswordReference {
  private static final long serialVersionUID = 1L;

  private final String version;
  private final LaunchEnvironment endpoint;

  /**
   * Creates a reference.
   *
   * @param version {@code projects/P/secrets/S/versions/V}
   * @param environment may have {@link SecretPasswords#ENDPOINT}
   */
  public SecretPassword(String version, Map<String, String> environment) {
    this.version = version;
    this.endpoint = new LaunchEnvironment(SecretPasswords.ENDPOINT, environment);
  }

  @Override
  public String described() {
    return version;
  }

  @Override
  public String resolve() throws SourceException {
    String emulator = endpoint.value();
    try {
      return SecretPasswords.password(version, emulator == null ? "" : emulator);
    } catch (SecretException e) {
      throw new SourceException(String.valueOf(e.getMessage()), e);
    }
  }
}
