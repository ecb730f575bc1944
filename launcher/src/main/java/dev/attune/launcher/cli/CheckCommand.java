package dev.attune.launcher.cli;

import dev.attune.config.OutputFormat;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.ConsoleCommand;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.JsonDocument;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.CheckReport;
import dev.attune.launcher.dataset.DatasetCheck;
import dev.attune.message.Messages;
import dev.attune.place.Place;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs {@code attune check}: checks JSONL files and datasets against the provider's rules. */
@Command(
    name = "check",
    description = {
      "Checks JSONL files for tuning against the provider's rules, offline.",
      "Ends with 3 if there are errors, and with 0 if there are only warnings."
    })
public final class CheckCommand extends ConsoleCommand {
  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "gemini or openai. Default: detected from the file; for a dataset, its own format.")
  private @Nullable OutputFormat format;

  @Option(
      names = "--base-model",
      paramLabel = "NAME",
      description =
          "Check against the limits and the end date of this base model. Default: the format's"
              + " limits.")
  private @Nullable String baseModel;

  @Option(
      names = "--taxonomy",
      paramLabel = "FILE",
      description = "Check that every answer consists of categories of this taxonomy.")
  private @Nullable Place taxonomy;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE|DATASET",
      description =
          "JSONL file or dataset directory. A file counts as training data unless its name begins"
              + " with valid. The two files of a dataset are also checked against each other and"
              + " the manifest.")
  private List<Place> targets = List.of();

  public CheckCommand(Shell shell) {
    super(shell);
  }

  @Override
  protected void run() throws CommandFailure, IOException {
    CheckReport result =
        new DatasetCheck(shell, format, baseModel, taxonomy, config()).check(targets);
    if (json()) {
      shell.out().print(JsonDocument.text(CheckDocument.of(result)));
    } else {
      new CheckText(shell.out()).print(result);
    }
    if (result.errors() > 0) {
      throw new CommandFailure(
          FailureCode.DATASET,
          result.errors() == 1
              ? Messages.of("launcher.check.error")
              : Messages.of("launcher.check.errors", result.errors()));
    }
  }
}
