package dev.attune.launcher.cli.talk;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The parent of the commands for context caches. */
@Command(
    name = "cache",
    description = {
      "Creates, lists and deletes context caches of Gemini models.",
      "A cache keeps files and a system instruction at the provider for some time. Questions with"
          + " attune ask --cache pay less for them."
    },
    synopsisSubcommandLabel = "COMMAND")
public final class CacheCommand {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Print this help and exit.")
  private boolean help;

  boolean help() {
    return help;
  }
}
