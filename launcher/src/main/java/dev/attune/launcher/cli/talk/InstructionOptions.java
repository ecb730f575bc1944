package dev.attune.launcher.cli.talk;

import dev.attune.config.AttuneConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.ConsoleCommand;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.persona.Persona;
import dev.attune.launcher.persona.PersonaLibrary;
import dev.attune.message.Messages;
import dev.attune.models.Sampling;
import dev.attune.place.LocalPlace;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for the system instruction and for thinking. */
final class InstructionOptions {
  private static final Pattern THINKING = Pattern.compile("off|low|high|[0-9]{1,7}");

  @Option(names = "--system", paramLabel = "TEXT", description = "System instruction.")
  private @Nullable String system;

  @Option(
      names = "--persona",
      paramLabel = "NAME|FILE",
      description =
          "System instruction from a Markdown file, from prompts/ beside attune.yaml, or from the"
              + " library of Attune. An unknown name, such as ?, lists all.")
  private @Nullable String persona;

  @Option(
      names = "--thinking",
      paramLabel = "off|low|high|N",
      description =
          "How much the model thinks before it answers; N is a number of tokens. Default: that of"
              + " the persona or of attune.yaml.")
  private @Nullable String thinking;

  /**
   * The system instruction and the settings of answers.
   *
   * @param persona name of the persona, or null
   */
  record Instruction(@Nullable String system, @Nullable String persona, Sampling sampling) {}

  /** Refuses options that are wrong or do not go together. */
  void check(ConsoleCommand command) {
    if (system != null && persona != null) {
      throw command.usage(Messages.of("launcher.ask.system-and-persona"));
    }
    if (thinking != null && !THINKING.matcher(thinking).matches()) {
      throw command.usage(Messages.of("launcher.ask.thinking", thinking));
    }
  }

  boolean isGiven() {
    return system != null || persona != null || thinking != null;
  }

  /**
   * Returns the instruction.
   *
   * @param model settings of the model
   * @throws CommandFailure if there is no such persona
   */
  Instruction instruction(AttuneConfig config, Shell shell, Sampling model)
      throws CommandFailure, IOException {
    String text = system;
    String name = null;
    Sampling sampling = model;
    if (persona != null) {
      PersonaLibrary library =
          new PersonaLibrary(
              config.folder() instanceof LocalPlace local ? local.path() : null, shell);
      Persona found = library.find(persona);
      text = found.instruction();
      name = found.name();
      sampling = found.over(model);
    }
    return new Instruction(
        text,
        name,
        new Sampling(
            sampling.temperature(),
            sampling.maxOutputTokens(),
            sampling.seed(),
            thinking == null ? sampling.thinking() : thinking));
  }
}
