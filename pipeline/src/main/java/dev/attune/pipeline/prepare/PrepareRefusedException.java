package dev.attune.pipeline.prepare;

import dev.attune.config.ConfigFault;
import dev.attune.pipeline.accounting.RunSummary;
import dev.attune.pipeline.source.SourceException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when nothing was published for a reason that the user can correct: the configuration, a
 * source, the records, or an option for Beam. The message is one sentence with the location, the
 * cause and the correction.
 */
public final class PrepareRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean usage;
  private final transient List<String> faults;
  private final transient List<ConfigFault> configFaults;
  private final transient @Nullable RunSummary summary;

  public PrepareRefusedException(String sentence) {
    this(sentence, null, false, List.of(), List.of(), null);
  }

  public PrepareRefusedException(String sentence, @Nullable RunSummary summary) {
    this(sentence, null, false, List.of(), List.of(), summary);
  }

  public PrepareRefusedException(String sentence, Throwable cause) {
    this(sentence, cause, false, List.of(), List.of(), null);
  }

  private PrepareRefusedException(
      String sentence,
      @Nullable Throwable cause,
      boolean usage,
      List<String> faults,
      List<ConfigFault> configFaults,
      @Nullable RunSummary summary) {
    super(sentence, cause);
    this.usage = usage;
    this.faults = List.copyOf(faults);
    this.configFaults = List.copyOf(configFaults);
    this.summary = summary;
  }

  /** Returns the exception for a source that cannot be read. */
  public static PrepareRefusedException of(SourceException refused) {
    return new PrepareRefusedException(
        String.valueOf(refused.getMessage()),
        refused,
        false,
        refused.faults(),
        refused.configFaults(),
        null);
  }

  /** Returns the exception for a fault of attune.yaml. */
  public static PrepareRefusedException ofConfig(ConfigFault fault) {
    return new PrepareRefusedException(
        fault.sentence(), null, false, List.of(), List.of(fault), null);
  }

  /** Returns the exception for an invalid option on the command line. */
  public static PrepareRefusedException ofUsage(String sentence, @Nullable Throwable cause) {
    return new PrepareRefusedException(sentence, cause, true, List.of(), List.of(), null);
  }

  /** Returns whether the command line is invalid, and not a file or source that it names. */
  public boolean isUsage() {
    return usage;
  }

  /** Returns each fault with its location, if there are more than the message names. */
  public List<String> faults() {
    return faults;
  }

  /** Returns faults of attune.yaml with their lines; empty if the cause is elsewhere. */
  public List<ConfigFault> configFaults() {
    return configFaults;
  }

  /** Returns the figures of the run, or null if no record was read. */
  public @Nullable RunSummary summary() {
    return summary;
  }
}
