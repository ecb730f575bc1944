package dev.attune.launcher.tuning;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Ledger;
import java.util.List;
import java.util.stream.Collectors;

/** The job that somebody typed. */
public final class NamedJob {
  private static final int SHOWN = 4;

  private NamedJob() {}

  /**
   * The job of an id, or of its beginning where only one begins so.
   *
   * @throws CommandFailure if none or several are meant
   */
  public static Job of(Ledger ledger, String typed) throws CommandFailure {
    List<Job> meant = ledger.jobs().startingWith(typed);
    for (Job job : meant) {
      if (job.id().equals(typed)) {
        return job;
      }
    }
    if (meant.isEmpty()) {
      List<Job> all = ledger.jobs().all();
      throw new CommandFailure(
          FailureCode.MODEL,
          "The ledger "
              + ledger.described()
              + " has no tuning job "
              + typed
              + ": "
              + (all.isEmpty()
                  ? "it has none yet, and attune tune creates one."
                  : "it has " + some(all) + ", which attune jobs lists."));
    }
    if (meant.size() > 1) {
      throw new CommandFailure(
          FailureCode.USAGE,
          typed
              + " could be any of "
              + meant.size()
              + " tuning jobs ("
              + some(meant)
              + "): type more of it.");
    }
    return meant.get(0);
  }

  private static String some(List<Job> jobs) {
    return jobs.stream().limit(SHOWN).map(Job::id).collect(Collectors.joining(", "))
        + (jobs.size() > SHOWN ? ", …" : "");
  }
}
