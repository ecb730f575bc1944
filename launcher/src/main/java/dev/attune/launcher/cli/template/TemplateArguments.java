package dev.attune.launcher.cli.template;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.message.Messages;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The arguments of a template's launcher. Dataflow gives them all as {@code --name=value}: the
 * parameters of the template, and options for Beam.
 */
public final class TemplateArguments {
  /** The runner is an option of prepare; the service gives the job the name of the launch. */
  private static final List<String> LEFT_OUT = List.of("--runner=", "--jobName=");

  private TemplateArguments() {}

  /**
   * Returns the command line of {@code attune} for them. Parameters without a value are left out:
   * forms send those, too.
   *
   * @throws CommandFailure if an argument has another form, or no configuration is named
   */
  public static String[] typed(String... given) throws CommandFailure {
    List<String> options = new ArrayList<>(List.of("prepare", "--runner", "dataflow"));
    List<String> forBeam = new ArrayList<>();
    String config = "";
    for (String argument : given) {
      int end = argument.indexOf('=');
      if (!argument.startsWith("--") || end < 0) {
        throw refusal(Messages.of("launcher.template.argument", argument));
      }
      String name = argument.substring("--".length(), end);
      String value = argument.substring(end + 1);
      Optional<TemplateParameter> parameter = parameter(name);
      if (parameter.isEmpty()) {
        forBeam.add(argument);
      } else if (!value.isBlank()) {
        options.add(parameter.orElseThrow().option());
        options.add(value);
        config = parameter.orElseThrow() == TemplateParameter.CONFIG ? value : config;
      }
    }
    if (!config.startsWith("gs://")) {
      throw refusal(Messages.of("launcher.template.config", config));
    }
    forBeam.removeIf(argument -> LEFT_OUT.stream().anyMatch(argument::startsWith));
    if (!forBeam.isEmpty()) {
      options.add("--");
      options.addAll(forBeam);
    }
    return options.toArray(String[]::new);
  }

  private static Optional<TemplateParameter> parameter(String name) {
    return Arrays.stream(TemplateParameter.values())
        .filter(parameter -> parameter.parameter().equals(name))
        .findFirst();
  }

  private static CommandFailure refusal(String sentence) {
    return new CommandFailure(FailureCode.USAGE, sentence);
  }
}
