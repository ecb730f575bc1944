package dev.attune.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reports that attune.yaml is invalid, with every fault. */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<ConfigFault> faults;
  private final transient @Nullable NamedFiles named;

  ConfigException(String place, List<ConfigFault> faults) {
    this(place, faults, null);
  }

  /**
   * Creates an exception.
   *
   * @param named the input files that it names; null if the file could not be read
   */
  ConfigException(String place, List<ConfigFault> faults, @Nullable NamedFiles named) {
    super(String.join("\n", lines(place, faults)));
    this.faults = List.copyOf(faults);
    this.named = named;
  }

  /** Returns the input files that it names, or null if the file could not be read. */
  public @Nullable NamedFiles named() {
    return named;
  }

  /** Returns every fault, sorted by line; at least one. */
  public List<ConfigFault> faults() {
    return faults;
  }

  /**
   * Returns a line for each fault: {@code attune.yaml:12: unknown key "colums"; did you mean
   * "columns"?}
   *
   * @param place the path of the file as the user wrote it
   */
  private static List<String> lines(String place, List<ConfigFault> faults) {
    return faults.stream()
        .map(f -> place + (f.line() == 0 ? "" : ":" + f.line()) + ": " + f.sentence())
        .toList();
  }
}
