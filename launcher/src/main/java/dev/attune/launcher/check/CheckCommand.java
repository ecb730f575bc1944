package dev.attune.launcher.check;

import dev.attune.config.OutputFormat;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.CommonOptions;
import dev.attune.launcher.console.ExitCode;
import dev.attune.launcher.console.Shell;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks files of examples, or whole datasets, against what the provider takes. */
@Command(
    name = "check",
    description = {
      "Checks JSONL for tuning against the provider's rules, offline, before anyone pays.",
      "Ends with 3 where there are errors, with 0 where there are warnings only."
    })
public final class CheckCommand implements Callable<Integer> {
  private final Shell shell;

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "gemini or openai; default: what the file looks like, a dataset's own.")
  private @Nullable OutputFormat format;

  @Option(
      names = "--base-model",
      paramLabel = "NAME",
      description = "Check against this model's limits and end date; default: the format's limits.")
  private @Nullable String baseModel;

  @Option(
      names = "--taxonomy",
      paramLabel = "FILE",
      description = "Check that every answer is made of these categories.")
  private @Nullable Path taxonomy;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE|DATASET",
      description = {
        "A file, taken as training data unless its name begins with valid; or a dataset's",
        "directory, whose two files are also checked against each other and the manifest."
      })
  private List<Path> targets = List.of();

  public CheckCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws CommandFailure, IOException {
    CheckResult result =
        new CheckRun(shell, format, baseModel, taxonomy, common.config()).check(targets);
    if (common.json()) {
      shell.out().print(CheckJson.of(result));
    } else {
      new CheckText(shell.out()).print(result);
    }
    if (result.errors() > 0) {
      shell.err().println(sentence(result));
      return ExitCode.REFUSED.code();
    }
    return ExitCode.DONE.code();
  }

  private static String sentence(CheckResult result) {
    return result.errors() == 1
        ? "There is 1 error: mend what the finding names and check again."
        : "There are " + result.errors() + " errors: mend what the findings name and check again.";
  }
}
