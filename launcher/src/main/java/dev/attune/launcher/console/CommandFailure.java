package dev.attune.launcher.console;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command could not do what it was asked, for a reason that it knows. The message is one
 * sentence: what failed and what to do.
 */
public final class CommandFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final ExitCode exit;
  private final transient List<String> lines;

  public CommandFailure(ExitCode exit, String sentence) {
    this(exit, List.of(), sentence, null);
  }

  /**
   * A failure with more to say than its sentence.
   *
   * @param lines what is printed above the sentence
   */
  public CommandFailure(
      ExitCode exit, List<String> lines, String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
    this.exit = exit;
    this.lines = List.copyOf(lines);
  }

  public ExitCode exit() {
    return exit;
  }

  public List<String> lines() {
    return lines;
  }
}
