package dev.attune.launcher.cli.models;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** What somebody typed behind {@code --reason}. */
final class Reason {
  private static final int LONGEST = 1000;

  private Reason() {}

  /**
   * The reason on one line, as the ledger keeps and every command shows it: without white space at
   * its ends; line feeds, tabs and several blanks inside are one blank.
   *
   * @throws ParameterException if it has more than 1,000 characters
   */
  static String of(String typed, CommandLine command) {
    String text = typed.strip().replaceAll("\\s+", " ");
    if (text.length() > LONGEST) {
      throw new ParameterException(
          command, "--reason takes " + LONGEST + " characters and has " + text.length());
    }
    return text;
  }
}
