package dev.attune.launcher.cli;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.CommonOptions;
import dev.attune.launcher.console.ExitCode;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.DatasetPreparation;
import dev.attune.launcher.dataset.PrepareOrder;
import dev.attune.pipeline.prepare.PrepareRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Runs {@code attune prepare}: runs the pipeline and publishes a dataset directory. */
@Command(
    name = "prepare",
    description = {
      "Builds a dataset from the sources and publishes it.",
      "Prints its directory and a summary."
    })
public final class PrepareCommand implements Callable<Integer> {
  private static final String RUN_ID = "[a-z0-9][a-z0-9-]{0,62}";

  private final Shell shell;
  private final DatasetPreparation preparation;

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--runner",
      paramLabel = "RUNNER",
      converter = RunnerName.class,
      description =
          "Beam runner: direct or flink. Default: direct, and flink for 64 MB of input or more."
              + " flink runs in this process; -- --flinkMaster=HOST:PORT names a cluster instead.")
  private @Nullable BeamRunner runner;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Publish below DIR. Default: output.directory.")
  private @Nullable Path output;

  @Option(
      names = "--run-id",
      paramLabel = "ID",
      description = "Name of the dataset directory: a-z, 0-9 and -. Default: made from the input.")
  private @Nullable String runId;

  @Option(
      names = "--previous",
      paramLabel = "DATASET",
      description =
          "Carry over all examples of this published dataset. Each stays in its split, and"
              + " duplicates of them are rejected.")
  private @Nullable Path previous;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description =
          "Use only the first N records of each source, ordered by hash, for a trial run.")
  private @Nullable Long limit;

  @Parameters(
      arity = "0..*",
      paramLabel = "BEAM OPTIONS",
      description = "For Beam, for example -- --targetParallelism=2.")
  private List<String> beamOptions = List.of();

  public PrepareCommand(Shell shell, DatasetPreparation preparation) {
    this.shell = shell;
    this.preparation = preparation;
  }

  @Override
  public Integer call() throws CommandFailure, IOException {
    checkUsage();
    refuseUnbuilt();
    PrepareOrder order =
        new PrepareOrder(
            common.config(),
            output,
            runId,
            limit,
            runner == null ? null : runner.runner,
            beamOptions,
            previous);
    preparation.run(order).print(shell, common.json());
    return ExitCode.DONE.code();
  }

  private void checkUsage() {
    if (runId != null && !runId.matches(RUN_ID)) {
      throw common.usage("--run-id must match " + RUN_ID + " and is '" + runId + "'");
    }
    if (limit != null && limit < 1) {
      throw common.usage("--limit must be 1 or more and is " + limit);
    }
    for (String option : beamOptions) {
      if (!option.startsWith("--")) {
        throw common.usage(
            "prepare takes no argument '%s'; options for Beam follow --, as --name=value"
                .formatted(option));
      }
    }
  }

  private void refuseUnbuilt() throws CommandFailure {
    if (runner == BeamRunner.DATAFLOW) {
      throw new CommandFailure(
          FailureCode.CONFIGURATION, "--runner dataflow is not built yet: use direct or flink.");
    }
  }

  /** Converts the value of {@code --runner}. */
  static final class RunnerName implements ITypeConverter<BeamRunner> {
    @Override
    public BeamRunner convert(String typed) {
      for (BeamRunner runner : BeamRunner.values()) {
        if (runner.toString().equalsIgnoreCase(typed)) {
          return runner;
        }
      }
      throw new TypeConversionException("expected direct or flink but was '" + typed + "'");
    }
  }

  /** The values of {@code --runner}. */
  enum BeamRunner {
    DIRECT(PrepareRunner.DIRECT),
    FLINK(PrepareRunner.FLINK),
    DATAFLOW(null);

    private final @Nullable PrepareRunner runner;

    BeamRunner(@Nullable PrepareRunner runner) {
      this.runner = runner;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
