package dev.attune.launcher.console;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expected failure of a command. The message is one sentence: what failed and what to do. */
public final class CommandFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final FailureCode code;
  private final transient List<String> lines;
  private final transient List<ReportedFault> faults;

  public CommandFailure(FailureCode code, String sentence) {
    this(code, List.of(), sentence, null);
  }

  /** A failure with the exception that caused it. */
  public CommandFailure(FailureCode code, String sentence, @Nullable Throwable cause) {
    this(code, List.of(), sentence, cause);
  }

  /**
   * A failure with more to say than its sentence.
   *
   * @param lines lines to print above the sentence, one per fault
   */
  public CommandFailure(
      FailureCode code, List<String> lines, String sentence, @Nullable Throwable cause) {
    this(code, lines, lines.stream().map(ReportedFault::of).toList(), sentence, cause);
  }

  /**
   * A failure whose faults are known by their places.
   *
   * @param lines what people see above the sentence
   * @param faults what programs see instead
   */
  public CommandFailure(
      FailureCode code,
      List<String> lines,
      List<ReportedFault> faults,
      String sentence,
      @Nullable Throwable cause) {
    super(sentence, cause);
    this.code = code;
    this.lines = List.copyOf(lines);
    this.faults = List.copyOf(faults);
  }

  /**
   * Returns the failure for some reasons: the only one, or all as lines before a sentence.
   *
   * @param sentence for several reasons
   */
  public static CommandFailure of(FailureCode code, List<String> reasons, String sentence) {
    return reasons.size() == 1
        ? new CommandFailure(code, reasons.get(0))
        : new CommandFailure(code, reasons, sentence, null);
  }

  public FailureCode code() {
    return code;
  }

  public List<String> lines() {
    return lines;
  }

  public List<ReportedFault> faults() {
    return faults;
  }
}
