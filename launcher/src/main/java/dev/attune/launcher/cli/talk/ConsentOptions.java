package dev.attune.launcher.cli.talk;

import dev.attune.launcher.console.ConsoleCommand;
import dev.attune.launcher.session.ModelSession.Consent;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a command that asks models: kept answers and cost. */
public final class ConsentOptions {
  @Option(
      names = "--fresh",
      description = "Ask again where an answer to the same request is kept, and keep the new one.")
  private boolean fresh;

  @Mixin private CostOptions cost = new CostOptions();

  /** Returns the options of a command; a negative cost is wrong usage. */
  public Consent of(ConsoleCommand command) {
    Consent given = cost.of(command);
    return new Consent(fresh, given.maxCostUsd(), given.yes());
  }
}
