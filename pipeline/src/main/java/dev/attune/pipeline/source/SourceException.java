package dev.attune.pipeline.source;

import dev.attune.config.ConfigFault;
import dev.attune.message.Messages;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a source cannot be read for a reason that the user can correct. The message is one
 * sentence: the place, the cause and what to do; never a password or the text of a record.
 */
public final class SourceException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<String> faults;
  private final transient List<ConfigFault> configFaults;

  public SourceException(String sentence) {
    this(List.of(), sentence, null);
  }

  public SourceException(String sentence, Throwable cause) {
    this(List.of(), sentence, cause);
  }

  /**
   * Creates a refusal with several faults.
   *
   * @param faults a sentence each, with its place
   */
  public SourceException(List<String> faults, String sentence, @Nullable Throwable cause) {
    this(faults, List.of(), sentence, cause);
  }

  private SourceException(
      List<String> faults,
      List<ConfigFault> configFaults,
      String sentence,
      @Nullable Throwable cause) {
    super(sentence, cause);
    this.faults = List.copyOf(faults);
    this.configFaults = List.copyOf(configFaults);
  }

  /**
   * Returns the refusal of a configuration that names what cannot be read.
   *
   * @param faults at least one, each with the line that names it
   * @param place path of attune.yaml as given by the user
   */
  public static SourceException ofConfig(List<ConfigFault> faults, String place) {
    if (faults.size() == 1) {
      return new SourceException(List.of(), faults, faults.get(0).sentence(), null);
    }
    return new SourceException(
        faults.stream().map(fault -> place + ":" + fault.line() + ": " + fault.sentence()).toList(),
        faults,
        Messages.of("pipeline.input.config-faults", place, faults.size()),
        null);
  }

  /** Returns the faults with their lines in attune.yaml; empty if the cause is something else. */
  public List<ConfigFault> configFaults() {
    return configFaults;
  }

  /** Returns each fault with its place; empty if the message names the only one. */
  public List<String> faults() {
    return faults;
  }
}
