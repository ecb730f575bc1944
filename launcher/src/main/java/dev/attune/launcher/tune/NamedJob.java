package dev.attune.launcher.tune;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.ExitCode;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Ledger;
import java.util.List;
import java.util.stream.Collectors;

/** The job that somebody typed. */
final class NamedJob {
  private static final int SHOWN = 4;

  private NamedJob() {}

  /**
   * The job of an id, or of its beginning where only one begins so.
   *
   * @throws CommandFailure if none or several are meant
   */
  static Job of(Ledger ledger, String typed) throws CommandFailure {
    List<Job> meant = ledger.jobs().startingWith(typed);
    for (Job job : meant) {
      if (job.id().equals(typed)) {
        return job;
      }
    }
    if (meant.isEmpty()) {
      throw new CommandFailure(
          ExitCode.REFUSED,
          "The ledger "
              + ledger.described()
              + " has no tuning job "
              + typed
              + ": attune jobs lists those it has.");
    }
    if (meant.size() > 1) {
      String some = meant.stream().limit(SHOWN).map(Job::id).collect(Collectors.joining(", "));
      throw new CommandFailure(
          ExitCode.USAGE,
          typed
              + " could be any of "
              + meant.size()
              + " tuning jobs ("
              + some
              + (meant.size() > SHOWN ? ", …" : "")
              + "): type more of it.");
    }
    return meant.get(0);
  }
}
