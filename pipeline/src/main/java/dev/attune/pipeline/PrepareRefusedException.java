package dev.attune.pipeline;

import dev.attune.pipeline.write.report.ReportData;
import org.jspecify.annotations.Nullable;

/**
 * Nothing was published, for a reason that the user can mend: the configuration, a source, or the
 * records. The message is one sentence with the place, the cause and what to do.
 */
public final class PrepareRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable ReportData report;

  public PrepareRefusedException(String sentence) {
    this(sentence, null);
  }

  public PrepareRefusedException(String sentence, @Nullable ReportData report) {
    super(sentence);
    this.report = report;
  }

  /** What was counted before the refusal, or null where nothing was read. */
  public @Nullable ReportData report() {
    return report;
  }
}
