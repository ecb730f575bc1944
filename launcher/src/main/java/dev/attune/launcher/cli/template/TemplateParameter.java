package dev.attune.launcher.cli.template;

import java.util.Locale;
import java.util.regex.Pattern;

/** The parameters of the template: options of {@code attune prepare} under names of their own. */
enum TemplateParameter {
  CONFIG("--config", "GCS_READ_FILE", false),
  RUN_ID("--run-id", "TEXT", true),
  PREVIOUS("--previous", "GCS_READ_FOLDER", true),
  LIMIT("--limit", "NUMBER", true),
  OUTPUT("--output", "GCS_WRITE_FOLDER", true);

  private static final Pattern NEXT_WORD = Pattern.compile("-([a-z])");

  private final String option;
  private final String type;
  private final boolean optional;

  TemplateParameter(String option, String type, boolean optional) {
    this.option = option;
    this.type = type;
    this.optional = optional;
  }

  /** Returns the option, with its hyphens. */
  String option() {
    return option;
  }

  /** Returns the name of the parameter: {@code runId} for {@code --run-id}. */
  String parameter() {
    return NEXT_WORD
        .matcher(option.substring("--".length()))
        .replaceAll(word -> word.group(1).toUpperCase(Locale.ROOT));
  }

  /** Returns the service's name of what the form asks for. */
  String type() {
    return type;
  }

  boolean isOptional() {
    return optional;
  }
}
