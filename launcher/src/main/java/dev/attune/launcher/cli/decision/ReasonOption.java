package dev.attune.launcher.cli.decision;

import dev.attune.launcher.console.ConsoleCommand;
import dev.attune.message.Messages;
import picocli.CommandLine.ParameterException;

/** Parses the option {@code --reason}. */
final class ReasonOption {
  private static final int LONGEST = 1000;

  private ReasonOption() {}

  /**
   * Returns the reason on one line, as the ledger stores it: without white space at its ends, and
   * with one blank for each run of white space.
   *
   * @throws ParameterException if it has more than 1,000 characters
   */
  static String of(String typed, ConsoleCommand command) {
    String text = typed.strip().replaceAll("\\s+", " ");
    if (text.length() > LONGEST) {
      throw command.usage(Messages.of("launcher.usage.reason-long", LONGEST, text.length()));
    }
    return text;
  }
}
