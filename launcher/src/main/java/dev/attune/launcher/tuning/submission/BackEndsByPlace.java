package dev.attune.launcher.tuning.submission;

import dev.attune.config.TuningConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.tuning.BackEndFactory;
import dev.attune.launcher.tuning.JobPlace;
import dev.attune.launcher.tuning.TuningBackEnd;
import dev.attune.launcher.tuning.TuningSpec;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The back ends of one command: one for each place in which its job is or may be requested. A place
 * without a project is treated as one of the configured project.
 */
final class BackEndsByPlace implements AutoCloseable {
  private final BackEndFactory backEnds;
  private final TuningConfig tuning;
  private final Path folder;
  private final Map<JobPlace, TuningBackEnd> open = new HashMap<>();

  /**
   * Creates the set without opening a back end.
   *
   * @param folder the folder beside the ledger
   */
  BackEndsByPlace(BackEndFactory backEnds, TuningConfig tuning, Path folder) {
    this.backEnds = backEnds;
    this.tuning = tuning;
    this.folder = folder;
  }

  /**
   * Returns the back end for the place of a job.
   *
   * @throws CommandFailure if the configuration lacks what the back end needs
   */
  TuningBackEnd of(TuningSpec spec) throws CommandFailure {
    JobPlace place = known(spec.place());
    TuningBackEnd there = open.get(place);
    if (there == null) {
      there = backEnds.open(JobSpecs.where(spec, tuning), folder);
      open.put(place, there);
    }
    return there;
  }

  /** Returns the place with the configured project if it has none. */
  JobPlace known(JobPlace place) {
    return place.orProject(tuning.place().project());
  }

  @Override
  public void close() {
    open.values().forEach(TuningBackEnd::close);
  }
}
