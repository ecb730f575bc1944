package dev.attune.launcher.cli;

import dev.attune.launcher.cli.talk.AmountConverter;
import dev.attune.launcher.console.Shell;
import dev.attune.place.Place;
import java.math.BigDecimal;
import picocli.CommandLine;

/** Command lines of single commands, which take places as those of {@link CommandTree} do. */
public final class SingleCommand {
  private SingleCommand() {}

  /** Returns the command line of a command, or of one with subcommands. */
  public static CommandLine of(Object command, Shell shell, Object... subcommands) {
    CommandLine line = new CommandLine(command);
    for (Object subcommand : subcommands) {
      line.addSubcommand(subcommand);
    }
    return line.registerConverter(Place.class, new PlaceConverter(shell))
        .registerConverter(BigDecimal.class, new AmountConverter());
  }
}
