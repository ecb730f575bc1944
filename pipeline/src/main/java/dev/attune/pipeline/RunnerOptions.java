package dev.attune.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** Beam's options as typed, with Attune's defaults where nothing was typed. */
final class RunnerOptions {
  // The checks of elements double the time, and find faults of the program, not of the data; the
  // tests run with them. Not blocking lets progress be asked for.
  private static final List<String> DEFAULTS =
      List.of("--enforceImmutability=false", "--enforceEncodability=false", "--blockOnRun=false");

  private RunnerOptions() {}

  static PipelineOptions of(List<String> typed) throws PrepareRefusedException {
    List<String> all = new ArrayList<>(typed);
    for (String option : DEFAULTS) {
      String name = option.substring(0, option.indexOf('=') + 1);
      if (typed.stream().noneMatch(other -> other.startsWith(name))) {
        all.add(option);
      }
    }
    try {
      return PipelineOptionsFactory.fromArgs(all.toArray(String[]::new)).withValidation().create();
    } catch (IllegalArgumentException e) {
      throw new PrepareRefusedException(
          "Beam refuses the options behind --: " + String.valueOf(e.getMessage()).trim());
    }
  }
}
