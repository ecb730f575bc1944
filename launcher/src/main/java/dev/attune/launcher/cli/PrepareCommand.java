package dev.attune.launcher.cli;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.ConsoleCommand;
import dev.attune.launcher.console.JsonDocument;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.console.TextPattern;
import dev.attune.launcher.dataset.DatasetPreparation;
import dev.attune.launcher.dataset.PrepareOrder;
import dev.attune.message.Messages;
import dev.attune.pipeline.prepare.PrepareRunner;
import dev.attune.pipeline.prepare.SubmittedJob;
import dev.attune.place.Place;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
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
public final class PrepareCommand extends ConsoleCommand {
  private static final String RUN_ID = "[a-z0-9][a-z0-9-]{0,62}";

  private static final String TEMPLATE = "--templateLocation=";

  private final DatasetPreparation preparation;

  @Option(
      names = "--runner",
      paramLabel = "RUNNER",
      converter = RunnerName.class,
      description =
          "Beam runner: local, direct, flink or dataflow. Default: local, and flink for an input"
              + " larger than 3/4 of the heap. flink runs in this process; for a cluster,"
              + " -- --flinkMaster=HOST:PORT names it. dataflow runs on Google Cloud; sources and"
              + " output must be in buckets.")
  private @Nullable BeamRunner runner;

  @Option(
      names = "--no-wait",
      description =
          "With --runner dataflow: print the job and its address, and end. The same command without"
              + " it waits for the job.")
  private boolean noWait;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Publish below DIR. Default: output.directory.")
  private @Nullable Place output;

  @Option(
      names = "--run-id",
      paramLabel = "ID",
      description = "Name of the dataset directory: a-z, 0-9 and -. Default: made from the input.")
  @TextPattern(RUN_ID)
  private @Nullable String runId;

  @Option(
      names = "--previous",
      paramLabel = "DATASET",
      description =
          "Carry over all examples of this published dataset. Each stays in its split, and"
              + " duplicates of them are rejected.")
  private @Nullable Place previous;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description =
          "Use only the first N records of each source, ordered by hash, for a trial run.")
  private @Nullable Long limit;

  @Parameters(
      arity = "0..*",
      paramLabel = "BEAM OPTIONS",
      description = "For Beam, for example -- --localParallelism=2.")
  private List<String> beamOptions = List.of();

  public PrepareCommand(Shell shell, DatasetPreparation preparation) {
    super(shell);
    this.preparation = preparation;
  }

  @Override
  protected void run() throws CommandFailure, IOException {
    checkUsage();
    PrepareOrder order =
        new PrepareOrder(
            config(),
            output,
            runId,
            limit,
            runner == null ? null : runner.runner,
            beamOptions,
            previous);
    if (isTemplate()) {
      printTemplate(preparation.writeTemplate(order));
      return;
    }
    if (noWait) {
      Optional<SubmittedJob> job = preparation.submit(order);
      if (job.isPresent()) {
        print(job.orElseThrow());
        return;
      }
    }
    preparation.run(order).print(shell, json());
  }

  /** Returns whether the job is to be written as a file, as Beam's option asks. */
  private boolean isTemplate() {
    return runner == BeamRunner.DATAFLOW
        && !noWait
        && beamOptions.stream().anyMatch(option -> option.startsWith(TEMPLATE));
  }

  /** The result of {@code --templateLocation} as JSON. */
  private record WrittenJob(String template) {}

  /** The result of {@code --no-wait} as JSON. */
  private record StartedJob(String job, String id, String console) {}

  private void printTemplate(Place place) {
    if (json()) {
      shell.out().print(JsonDocument.text(new WrittenJob(shell.show(place))));
    } else {
      shell.out().println(shell.show(place));
    }
  }

  private void print(SubmittedJob job) {
    if (json()) {
      shell.out().print(JsonDocument.text(new StartedJob(job.name(), job.id(), job.console())));
    } else {
      shell.out().println(job.name() + " " + job.id());
      shell.out().println(job.console());
    }
  }

  private void checkUsage() {
    if (runId != null && !runId.matches(RUN_ID)) {
      throw usage(Messages.of("launcher.usage.run-id", RUN_ID, runId));
    }
    if (limit != null && limit < 1) {
      throw usage(Messages.of("launcher.usage.limit", limit));
    }
    for (String option : beamOptions) {
      if (!option.startsWith("--")) {
        throw usage(Messages.of("launcher.usage.argument", option));
      }
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
      throw new TypeConversionException(Messages.of("launcher.usage.runner", typed));
    }
  }

  /** The values of {@code --runner}. */
  enum BeamRunner {
    LOCAL(PrepareRunner.LOCAL),
    DIRECT(PrepareRunner.DIRECT),
    FLINK(PrepareRunner.FLINK),
    DATAFLOW(PrepareRunner.DATAFLOW);

    private final PrepareRunner runner;

    BeamRunner(PrepareRunner runner) {
      this.runner = runner;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
