package dev.attune.launcher;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** A command that is promised and not there yet. Whatever is typed behind it, it says so. */
@Command
final class UnbuiltCommand implements Callable<Integer> {
  /** By the names that are typed. */
  static final List<String> NAMES =
      List.of(
          "estimate",
          "tune",
          "watch",
          "jobs",
          "cancel",
          "evaluate",
          "promote",
          "rollback",
          "models",
          "run");

  private final String name;

  @Unmatched private final List<String> ignored = new ArrayList<>();

  UnbuiltCommand(String name) {
    this.name = name;
  }

  @Override
  public Integer call() throws CommandFailure {
    throw new CommandFailure(
        ExitCode.USAGE, "attune " + name + " is not built yet: attune --help lists what is.");
  }

  List<String> ignored() {
    return List.copyOf(ignored);
  }
}
