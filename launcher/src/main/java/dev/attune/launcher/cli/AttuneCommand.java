package dev.attune.launcher.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The root command, with the options before a subcommand. */
@Command(
    name = "attune",
    description = "Turns what people say about an AI's answers into a better model.",
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND")
final class AttuneCommand {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Print this help and exit.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print the version and exit.")
  private boolean version;

  boolean help() {
    return help;
  }

  boolean version() {
    return version;
  }
}
