package dev.attune.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** attune.yaml cannot be used; holds every fault at once. */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String place;
  private final transient List<ConfigFault> faults;
  private final transient @Nullable NamedFiles named;

  ConfigException(String place, List<ConfigFault> faults) {
    this(place, faults, null);
  }

  /**
   * With the files that it names.
   *
   * @param named null where it cannot be read at all
   */
  ConfigException(String place, List<ConfigFault> faults, @Nullable NamedFiles named) {
    super(String.join("\n", lines(place, faults)));
    this.place = place;
    this.faults = List.copyOf(faults);
    this.named = named;
  }

  /** The files of input that it names, as far as it can be read; null where it cannot be at all. */
  public @Nullable NamedFiles named() {
    return named;
  }

  /** The file, as the user named it. */
  public String place() {
    return place;
  }

  /** Every fault, sorted by line; at least one. */
  public List<ConfigFault> faults() {
    return faults;
  }

  /**
   * A line for each fault: {@code attune.yaml:12: unknown key "colums"; did you mean "columns"?}
   */
  public List<String> lines() {
    return lines(place, faults);
  }

  private static List<String> lines(String place, List<ConfigFault> faults) {
    return faults.stream()
        .map(f -> place + (f.line() == 0 ? "" : ":" + f.line()) + ": " + f.sentence())
        .toList();
  }
}
