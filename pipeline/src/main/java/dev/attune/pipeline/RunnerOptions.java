package dev.attune.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** Beam's options as typed, with Attune's defaults where nothing was typed. */
final class RunnerOptions {
  // The checks of elements double the time, and find faults of the program, not of the data; the
  // tests run with them. Not blocking lets progress be asked for.
  private static final List<String> DEFAULTS =
      List.of("--enforceImmutability=false", "--enforceEncodability=false", "--blockOnRun=false");

  private static final String UNKNOWN = "missing a property named";

  private RunnerOptions() {}

  static PipelineOptions of(List<String> typed) throws PrepareRefusedException {
    List<String> all = new ArrayList<>(typed);
    for (String option : DEFAULTS) {
      if (typed.stream().noneMatch(other -> name(other).equals(name(option)))) {
        all.add(option);
      }
    }
    for (String option : typed) {
      check(option);
    }
    try {
      PipelineOptions options =
          PipelineOptionsFactory.fromArgs(all.toArray(String[]::new)).withValidation().create();
      if (options.as(DirectOptions.class).getTargetParallelism() < 1) {
        throw PrepareRefusedException.ofUsage(
            "--targetParallelism must be 1 or more: correct it behind --, or leave it out.", null);
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

  /** By itself: Beam's message for all of them does not always say which one is at fault. */
  private static void check(String option) throws PrepareRefusedException {
    String name = name(option);
    // Beam would print its own help and end the process with 0.
    if (name.equals("--help")) {
      throw PrepareRefusedException.ofUsage(
          "--help behind -- would be Beam's own help: attune prepare --help shows Attune's.", null);
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
