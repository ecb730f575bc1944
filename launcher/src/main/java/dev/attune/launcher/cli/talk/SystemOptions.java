package dev.attune.launcher.cli.talk;

import dev.attune.config.AttuneConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.ConsoleCommand;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.persona.Persona;
import dev.attune.launcher.persona.PersonaLibrary;
import dev.attune.message.Messages;
import dev.attune.place.LocalPlace;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for the system instruction. */
final class SystemOptions {
  @Option(names = "--system", paramLabel = "TEXT", description = "System instruction.")
  private @Nullable String system;

  @Option(
      names = "--persona",
      paramLabel = "NAME|FILE",
      description =
          "System instruction from a Markdown file, from prompts/ beside attune.yaml, or from the"
              + " library of Attune. An unknown name, such as ?, lists all.")
  private @Nullable String persona;

  /** Refuses options that do not go together. */
  void check(ConsoleCommand command) {
    if (system != null && persona != null) {
      throw command.usage(Messages.of("launcher.ask.system-and-persona"));
    }
  }

  /** Returns the option that is given, or null. */
  @Nullable String given() {
    return system != null ? "--system" : persona != null ? "--persona" : null;
  }

  /**
   * Returns the persona, or null if none is given.
   *
   * @throws CommandFailure if there is no such persona
   */
  @Nullable Persona persona(AttuneConfig config, Shell shell) throws CommandFailure, IOException {
    if (persona == null) {
      return null;
    }
    return new PersonaLibrary(
            config.folder() instanceof LocalPlace local ? local.path() : null, shell)
        .find(persona);
  }

  /** Returns the system instruction: that of the persona, if there is one; or null. */
  @Nullable String text(@Nullable Persona found) {
    return found == null ? system : found.instruction();
  }
}
