package dev.attune.pipeline.source.feedback.connect;

import dev.attune.message.Messages;
import dev.attune.pipeline.source.SourceException;
import java.io.Serializable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The name of the environment variable with a password. Only the name is serialised. A worker in
 * the launcher's process resolves it in the launcher's environment, any other worker in its own.
 */
public final class PasswordReference implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * The variable of each launch in this process, by {@link #launch}. Entries stay until the process
   * ends, because a worker may reconnect at any time.
   */
  private static final ConcurrentMap<Long, Map<String, String>> LAUNCHES =
      new ConcurrentHashMap<>();

  private static final AtomicLong NEXT_LAUNCH = new AtomicLong();

  private final String variable;
  private final long launch;

  public PasswordReference(String variable, Map<String, String> environment) {
    this.variable = variable;
    this.launch = NEXT_LAUNCH.incrementAndGet();
    String password = environment.get(variable);
    LAUNCHES.put(launch, password == null ? Map.of() : Map.of(variable, password));
  }

  String variable() {
    return variable;
  }

  /** Returns the password, which must go to the driver only. */
  String resolve() throws SourceException {
    String password = LAUNCHES.getOrDefault(launch, System.getenv()).get(variable);
    if (password == null) {
      throw new SourceException(Messages.of("pipeline.database.password-unset", variable));
    }
    return password;
  }
}
