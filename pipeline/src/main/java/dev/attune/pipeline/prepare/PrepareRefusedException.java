package dev.attune.pipeline.prepare;

import dev.attune.config.ConfigFault;
import dev.attune.pipeline.report.ReportData;
import dev.attune.pipeline.source.SourceException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Nothing was published, for a reason that the user can mend: the configuration, a source, the
 * records, or an option for Beam. The message is one sentence with the place, the cause and what to
 * do.
 */
public final class PrepareRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean usage;
  private final transient List<String> faults;
  private final transient List<ConfigFault> configFaults;
  private final transient @Nullable ReportData report;

  public PrepareRefusedException(String sentence) {
    this(sentence, null, false, List.of(), List.of(), null);
  }

  public PrepareRefusedException(String sentence, @Nullable ReportData report) {
    this(sentence, null, false, List.of(), List.of(), report);
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
      @Nullable ReportData report) {
    super(sentence, cause);
    this.usage = usage;
    this.faults = List.copyOf(faults);
    this.configFaults = List.copyOf(configFaults);
    this.report = report;
  }

  /** A source cannot be read. */
  public static PrepareRefusedException of(SourceException refused) {
    return new PrepareRefusedException(
        String.valueOf(refused.getMessage()),
        refused,
        false,
        refused.faults(),
        refused.configFaults(),
        null);
  }

  /** An option for Beam is none, or has a value that cannot be. */
  public static PrepareRefusedException ofUsage(String sentence, @Nullable Throwable cause) {
    return new PrepareRefusedException(sentence, cause, true, List.of(), List.of(), null);
  }

  /** Whether what was typed is at fault, not what it names. */
  public boolean isUsage() {
    return usage;
  }

  /** Each fault with its place, where there is more to say than the sentence does. */
  public List<String> faults() {
    return faults;
  }

  /** The faults of what attune.yaml names, with its lines; empty where it is something else. */
  public List<ConfigFault> configFaults() {
    return configFaults;
  }

  /** What was counted before the refusal, or null where nothing was read. */
  public @Nullable ReportData report() {
    return report;
  }
}
