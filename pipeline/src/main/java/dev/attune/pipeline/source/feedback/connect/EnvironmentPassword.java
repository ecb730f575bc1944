package dev.attune.pipeline.source.feedback.connect;

import dev.attune.message.Messages;
import dev.attune.pipeline.source.SourceException;
import java.util.Map;

/** The name of the environment variable with a password. */
public final class EnvironmentPassword implements PasswordReference {
  private static final long serialVersionUID = 1L;

  private final LaunchEnvironment environment;

  public EnvironmentPassword(String variable, Map<String, String> environment) {
    this.environment = new LaunchEnvironment(variable, environment);
  }

  @Override
  public String described() {
    return environment.variable();
  }

  @Override
  public String resolve() throws SourceException {
    String password = environment.value();
    if (password == null) {
      throw new SourceException(
          Messages.of("pipeline.database.password-unset", environment.variable()));
    }
    return password;
  }
}
