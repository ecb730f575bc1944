package dev.attune.launcher.cli.template;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.attune.launcher.console.JsonDocument;
import dev.attune.launcher.console.TextPattern;
import dev.attune.place.Place;
import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The spec file of a Flex Template, as Dataflow's REST reference describes ContainerSpec. What it
 * says of a parameter is taken from the option, so that it is what {@code --help} says.
 */
final class FlexTemplate {
  private static final String PLACE = "gs://[^\\n\\r]+";
  private static final String WHOLE_NUMBER = "[1-9][0-9]{0,17}";

  /** Behind it the help names a default of this machine. */
  private static final String DEFAULT = " Default: ";

  private FlexTemplate() {}

  /**
   * Returns the JSON text, which ends with a line feed.
   *
   * @param image the name of the container image that launches the job
   * @param prepare the command whose options become parameters
   */
  static String text(String image, CommandSpec prepare) {
    List<Parameter> parameters =
        Arrays.stream(TemplateParameter.values())
            .map(parameter -> parameter(parameter, prepare.findOption(parameter.option())))
            .toList();
    String description = String.join(" ", prepare.usageMessage().description());
    return JsonDocument.text(
        new Spec(
            image,
            new Sdk("JAVA"),
            new Metadata("Attune " + prepare.name(), description, parameters),
            new Environment(List.of("use_runner_v2"))));
  }

  private static Parameter parameter(TemplateParameter parameter, OptionSpec option) {
    String pattern = pattern(option);
    String help = String.join(" ", option.description());
    String standard = option.defaultValue();
    boolean usable = standard != null && standard.matches(pattern);
    if (standard != null && !usable && help.contains(DEFAULT)) {
      help = help.substring(0, help.indexOf(DEFAULT));
    }
    return new Parameter(
        parameter.parameter(),
        option.longestName() + " " + option.paramLabel(),
        help,
        parameter.isOptional(),
        List.of("^" + pattern + "$"),
        parameter.type(),
        usable ? standard : null);
  }

  private static String pattern(OptionSpec option) {
    TextPattern pattern =
        option.userObject() instanceof AnnotatedElement field
            ? field.getAnnotation(TextPattern.class)
            : null;
    if (pattern != null) {
      return pattern.value();
    }
    return option.type() == Place.class ? PLACE : WHOLE_NUMBER;
  }

  private record Spec(
      String image, Sdk sdkInfo, Metadata metadata, Environment defaultEnvironment) {}

  private record Sdk(String language) {}

  private record Metadata(String name, String description, List<Parameter> parameters) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Parameter(
      String name,
      String label,
      String helpText,
      boolean isOptional,
      List<String> regexes,
      String paramType,
      @Nullable String defaultValue) {}

  private record Environment(List<String> additionalExperiments) {}
}
