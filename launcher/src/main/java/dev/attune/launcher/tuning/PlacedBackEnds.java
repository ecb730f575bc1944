package dev.attune.launcher.tuning;

import dev.attune.config.TuningConfig;
import dev.attune.launcher.console.CommandFailure;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The back ends of one command: one for each place in which its job is or may be requested. A place
 * whose project is not known is taken to be of the configured project.
 */
final class PlacedBackEnds implements AutoCloseable {
  private final BackEnds backEnds;
  private final TuningConfig tuning;
  private final Path folder;
  private final Map<JobPlace, TuningBackEnd> open = new HashMap<>();

  /**
   * Opens none yet.
   *
   * @param folder beside the ledger
   */
  PlacedBackEnds(BackEnds backEnds, TuningConfig tuning, Path folder) {
    this.backEnds = backEnds;
    this.tuning = tuning;
    this.folder = folder;
  }

  /**
   * The back end of a job, in its place.
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

  /** The same place, with the configured project where none is known. */
  JobPlace known(JobPlace place) {
    return place.orProject(tuning.place().project());
  }

  @Override
  public void close() {
    open.values().forEach(TuningBackEnd::close);
  }
}
