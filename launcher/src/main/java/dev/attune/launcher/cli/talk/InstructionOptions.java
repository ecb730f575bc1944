package dev.attune.launcher.cli.talk;

import dev.attune.config.AttuneConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.ConsoleCommand;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.persona.Persona;
import dev.attune.message.Messages;
import dev.attune.models.Sampling;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options for the system instruction and for thinking. */
final class InstructionOptions {
  private static final Pattern THINKING = Pattern.compile("off|low|high|[0-9]{1,7}");

  @Mixin private SystemOptions system = new SystemOptions();

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
    system.check(command);
    if (thinking != null && !THINKING.matcher(thinking).matches()) {
      throw command.usage(Messages.of("launcher.ask.thinking", thinking));
    }
  }

  boolean isGiven() {
    return system.given() != null || thinking != null;
  }

  /** Returns the option that gives the system instruction, or null. */
  @Nullable String systemOption() {
    return system.given();
  }

  /**
   * Returns the instruction.
   *
   * @param model settings of the model
   * @throws CommandFailure if there is no such persona
   */
  Instruction instruction(AttuneConfig config, Shell shell, Sampling model)
      throws CommandFailure, IOException {
    Persona persona = system.persona(config, shell);
    Sampling sampling = persona == null ? model : persona.over(model);
    return new Instruction(
        system.text(persona),
        persona == null ? null : persona.name(),
        new Sampling(
            sampling.temperature(),
            sampling.maxOutputTokens(),
            sampling.seed(),
            thinking == null ? sampling.thinking() : thinking));
  }
}
