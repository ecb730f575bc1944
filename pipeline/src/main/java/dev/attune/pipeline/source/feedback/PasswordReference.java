package dev.attune.pipeline.source.feedback;

import dev.attune.pipeline.source.SourceException;
import java.io.Serializable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The name of the environment variable that holds a password. Only the name is ever serialised:
 * where a worker shares the launcher's process, the variable is looked up in the launcher's
 * environment; elsewhere in the worker's own.
 */
final class PasswordReference implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * What the launches of this process have in that variable, by {@link #launch}: until the process
   * ends, because a worker in it may connect again at any time.
   */
  private static final ConcurrentMap<Long, Map<String, String>> LAUNCHES =
      new ConcurrentHashMap<>();

  private static final AtomicLong NEXT_LAUNCH = new AtomicLong();

  private final String variable;
  private final long launch;

  PasswordReference(String variable, Map<String, String> environment) {
    this.variable = variable;
    this.launch = NEXT_LAUNCH.incrementAndGet();
    String password = environment.get(variable);
    LAUNCHES.put(launch, password == null ? Map.of() : Map.of(variable, password));
  }

  String variable() {
    return variable;
  }

  /** The password, to be handed to the driver and written nowhere. */
  String resolve() throws SourceException {
    String password = LAUNCHES.getOrDefault(launch, System.getenv()).get(variable);
    if (password == null) {
      throw new SourceException(
          "The environment variable "
              + variable
              + " is not set; sources.feedback.passwordEnv names it, so export the password in"
              + " it.");
    }
    return password;
  }
}
