package dev.attune.launcher.cli.models;

import dev.attune.launcher.console.CommonOptions;
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
  static String of(String typed, CommonOptions common) {
    String text = typed.strip().replaceAll("\\s+", " ");
    if (text.length() > LONGEST) {
      throw common.usage("--reason takes " + LONGEST + " characters and has " + text.length());
    }
    return text;
  }
}
