package dev.attune.pipeline.prepare;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** Beam's options as typed, with Attune's defaults where nothing was typed. */
public final class RunnerOptions {
  // The checks of elements double the time, and find faults of the program, not of the data; the
  // tests run with them. Not blocking lets progress be asked for.
  private static final List<String> DIRECT =
      List.of("--enforceImmutability=false", "--enforceEncodability=false", "--blockOnRun=false");

  // Nothing here changes an element that it was given, so Flink need not copy between steps. Its
  // DataStream API runs steps with several outputs in one chain, where the older one encodes and
  // decodes every element between them: half of the processor time.
  private static final List<String> FLINK =
      List.of(
          "--runner=FlinkRunner",
          "--flinkMaster=" + RunnerOptions.EMBEDDED,
          "--fasterCopy=true",
          "--objectReuse=true",
          "--useDataStreamForBatch=true");

  private static final String EMBEDDED = "[local]";
  private static final String UNKNOWN = "missing a property named";

  private RunnerOptions() {}

  /**
   * The options for a runner.
   *
   * @param typed what stood behind {@code --}
   */
  public static PipelineOptions of(List<String> typed, PrepareRunner runner)
      throws PrepareRefusedException {
    for (String option : typed) {
      check(option);
    }
    List<String> all = new ArrayList<>(typed);
    for (String option : runner == PrepareRunner.FLINK ? FLINK : DIRECT) {
      if (typed.stream().noneMatch(other -> name(other).equals(name(option)))) {
        all.add(option);
      }
    }
    try {
      PipelineOptions options =
          PipelineOptionsFactory.fromArgs(all.toArray(String[]::new)).withValidation().create();
      if (parallelism(options) < 1) {
        throw PrepareRefusedException.ofUsage(
            "--targetParallelism must be 1 or more: correct it behind --, or leave it out.", null);
      }
      FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
      if (runner == PrepareRunner.FLINK && isEmbedded(options) && flink.getParallelism() < 1) {
        flink.setParallelism(Runtime.getRuntime().availableProcessors());
      }
      // What a runner refuses is found before the sources are looked at.
      Pipeline.create(options);
      return options;
    } catch (IllegalArgumentException e) {
      throw PrepareRefusedException.ofUsage(
          "Beam does not take the options behind -- together: leave out all that need not be"
              + " there; --stacktrace shows what it says.",
          e);
    }
  }

  /** Whether the options ask for Flink in this process. */
  public static boolean isEmbedded(PipelineOptions options) {
    return options.as(FlinkPipelineOptions.class).getFlinkMaster().equals(EMBEDDED);
  }

  /** How many threads work at once, as far as this process knows. */
  public static int parallelism(PipelineOptions options) {
    Integer ofFlink = options.as(FlinkPipelineOptions.class).getParallelism();
    return ofFlink == null || ofFlink < 1
        ? options.as(DirectOptions.class).getTargetParallelism()
        : ofFlink;
  }

  /** By itself: Beam's message for all of them does not always say which one is at fault. */
  private static void check(String option) throws PrepareRefusedException {
    String name = name(option);
    // Beam would print its own help and end the process with 0.
    if (name.equals("--help")) {
      throw PrepareRefusedException.ofUsage(
          "--help behind -- would be Beam's own help: attune prepare --help shows Attune's.", null);
    }
    if (name.equals("--runner")) {
      throw PrepareRefusedException.ofUsage("--runner stands before --: direct or flink.", null);
    }
    try {
      PipelineOptionsFactory.fromArgs(option).create();
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      throw PrepareRefusedException.ofUsage(
          message.contains(UNKNOWN)
              ? "Beam has no option " + name + ": correct its name behind --, or leave it out."
              : "Beam does not take this value of "
                  + name
                  + ": correct it behind --, or leave the option out.",
          e);
    }
  }

  private static String name(String option) {
    int end = option.indexOf('=');
    return end < 0 ? option : option.substring(0, end);
  }
}
