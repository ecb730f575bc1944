package dev.attune.pipeline.prepare;

import dev.attune.message.Messages;
import dev.attune.runner.LocalOptions;
import dev.attune.runner.LocalRunner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** Parses options for Beam and adds Attune's defaults. */
public final class RunnerOptions {
  // The checks of elements double the run time and find errors of the program, not of the data; the
  // tests enable them. Without blocking, the progress can be reported.
  private static final List<String> DIRECT =
      List.of("--enforceImmutability=false", "--enforceEncodability=false", "--blockOnRun=false");

  // No stage changes its input elements, so Flink need not copy them between steps. Flink's
  // DataStream API runs steps with several outputs in one chain; the older API encodes and decodes
  // every element between them, which takes half of the processor time.
  private static final List<String> FLINK =
      List.of(
          "--runner=FlinkRunner",
          "--flinkMaster=" + RunnerOptions.EMBEDDED,
          "--fasterCopy=true",
          "--objectReuse=true",
          "--useDataStreamForBatch=true");

  // Without blocking, the progress can be reported.
  private static final List<String> LOCAL =
      List.of("--runner=LocalRunner", "--localBlocking=false");

  private static final String EMBEDDED = "[local]";
  private static final String TEMPORARY_FOLDER = "--localTempFolder";
  private static final String UNKNOWN = "missing a property named";

  private RunnerOptions() {}

  /**
   * Returns the options for a runner.
   *
   * @param typed arguments after {@code --}
   * @throws PrepareRefusedException if an option is unknown or has an invalid value
   */
  public static PipelineOptions of(List<String> typed, PrepareRunner runner)
      throws PrepareRefusedException {
    return of(typed, runner, List.of());
  }

  /**
   * Returns the options for a runner.
   *
   * @param typed arguments after {@code --}
   * @param elsewhere defaults for a runner whose place attune.yaml names
   * @throws PrepareRefusedException if an option is unknown or has an invalid value
   */
  public static PipelineOptions of(List<String> typed, PrepareRunner runner, List<String> elsewhere)
      throws PrepareRefusedException {
    RegisteredOptions.registerFor(runner, typed);
    for (String option : typed) {
      check(option);
    }
    List<String> all = new ArrayList<>(typed);
    List<String> defaults =
        switch (runner) {
          case LOCAL -> LOCAL;
          case DIRECT -> DIRECT;
          case FLINK -> FLINK;
          case DATAFLOW -> elsewhere;
        };
    for (String option : defaults) {
      if (typed.stream().noneMatch(other -> name(other).equals(name(option)))) {
        all.add(option);
      }
    }
    try {
      PipelineOptions options =
          PipelineOptionsFactory.fromArgs(all.toArray(String[]::new)).withValidation().create();
      if (parallelism(options) < 1) {
        String option =
            runner == PrepareRunner.LOCAL ? "--localParallelism" : "--targetParallelism";
        throw PrepareRefusedException.ofUsage(
            Messages.of("pipeline.runner.parallelism", option), null);
      }
      if (runner == PrepareRunner.FLINK && isEmbedded(options)) {
        useAllProcessors(options.as(FlinkPipelineOptions.class));
      }
      // Finds options that the runner refuses before the sources are read. Dataflow's looks at the
      // bucket for it, so that is done after the configuration was judged.
      if (runner != PrepareRunner.DATAFLOW) {
        Pipeline.create(options);
      }
      return options;
    } catch (IllegalArgumentException e) {
      throw PrepareRefusedException.ofUsage(Messages.of("pipeline.runner.together"), e);
    }
  }

  private static void useAllProcessors(FlinkPipelineOptions options) {
    if (options.getParallelism() < 1) {
      options.setParallelism(Runtime.getRuntime().availableProcessors());
    }
  }

  /**
   * Lets the local runner write its temporary files into a folder, unless the user named another:
   * the system's may be small, or in memory.
   *
   * @param typed arguments after {@code --}
   */
  public static void spillInto(Path folder, PipelineOptions options, List<String> typed) {
    if (typed.stream().noneMatch(option -> name(option).equals(TEMPORARY_FOLDER))) {
      options.as(LocalOptions.class).setLocalTempFolder(folder.toAbsolutePath().toString());
    }
  }

  /** Returns the folder of this machine for temporary files: the user's, or the system's. */
  public static Path temporaryFolder(PipelineOptions options) {
    return Path.of(options.as(LocalOptions.class).getLocalTempFolder());
  }

  /** Returns whether Flink runs in this process. */
  public static boolean isEmbedded(PipelineOptions options) {
    return options.as(FlinkPipelineOptions.class).getFlinkMaster().equals(EMBEDDED);
  }

  /** Returns the number of parallel workers, as far as this process knows it. */
  public static int parallelism(PipelineOptions options) {
    if (options.getRunner() == LocalRunner.class) {
      return options.as(LocalOptions.class).getLocalParallelism();
    }
    Integer ofFlink = options.as(FlinkPipelineOptions.class).getParallelism();
    return ofFlink == null || ofFlink < 1
        ? options.as(DirectOptions.class).getTargetParallelism()
        : ofFlink;
  }

  /** Checks one option: Beam's message about all of them may not name the invalid one. */
  private static void check(String option) throws PrepareRefusedException {
    String name = name(option);
    // Beam would print its own help and exit with status 0.
    if (name.equals("--help")) {
      throw PrepareRefusedException.ofUsage(Messages.of("pipeline.runner.help"), null);
    }
    if (name.equals("--runner")) {
      throw PrepareRefusedException.ofUsage(Messages.of("pipeline.runner.name"), null);
    }
    if (name.equals(TEMPORARY_FOLDER) && option.startsWith("=gs:", name.length())) {
      throw PrepareRefusedException.ofUsage(Messages.of("pipeline.runner.temporary", name), null);
    }
    try {
      PipelineOptionsFactory.fromArgs(option).create();
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      throw PrepareRefusedException.ofUsage(
          Messages.of(
              message.contains(UNKNOWN) ? "pipeline.runner.unknown" : "pipeline.runner.value",
              name),
          e);
    }
  }

  private static String name(String option) {
    int end = option.indexOf('=');
    return end < 0 ? option : option.substring(0, end);
  }
}
