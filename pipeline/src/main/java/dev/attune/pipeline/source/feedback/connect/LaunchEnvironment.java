package dev.attune.pipeline.source.feedback.connect;

import java.io.Serializable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * An environment variable of a launch. Only its name is serialised. A worker in the launcher's
 * process finds the value in the launcher's environment, any other worker in its own.
 */
final class LaunchEnvironment implements Serializable {
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

  LaunchEnvironment(String variable, Map<String, String> environment) {
    this.variable = variable;
    this.launch = NEXT_LAUNCH.incrementAndGet();
    String value = environment.get(variable);
    LAUNCHES.put(launch, value == null ? Map.of() : Map.of(variable, value));
  }

  String variable() {
    return variable;
  }

  /** Returns the value, or null if the variable is not set. */
  @Nullable String value() {
    return LAUNCHES.getOrDefault(launch, System.getenv()).get(variable);
  }
}
