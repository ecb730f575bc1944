package dev.attune.launcher.tuning.submission;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.message.Messages;
import java.util.List;
import java.util.stream.Collectors;

/** Finds the job that an argument names. */
public final class JobLookup {
  private static final int SHOWN = 4;

  private JobLookup() {}

  /**
   * Returns the job of an id, or the only job whose id begins with the text.
   *
   * @throws CommandFailure if there is no such job, or several
   */
  public static Job of(Ledger ledger, String typed) throws CommandFailure {
    List<Job> meant = ledger.jobs().named(typed);
    if (meant.isEmpty()) {
      List<Job> all = ledger.jobs().all();
      throw new CommandFailure(
          FailureCode.MODEL,
          all.isEmpty()
              ? Messages.of("launcher.job.unknown-none", ledger.described(), typed)
              : Messages.of("launcher.job.unknown", ledger.described(), typed, some(all)));
    }
    if (meant.size() > 1) {
      throw new CommandFailure(
          FailureCode.USAGE,
          Messages.of("launcher.job.ambiguous", typed, meant.size(), some(meant)));
    }
    return meant.get(0);
  }

  private static String some(List<Job> jobs) {
    return jobs.stream().limit(SHOWN).map(Job::id).collect(Collectors.joining(", "))
        + (jobs.size() > SHOWN ? ", …" : "");
  }
}
