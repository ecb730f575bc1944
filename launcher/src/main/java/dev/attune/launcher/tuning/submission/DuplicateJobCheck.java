package dev.attune.launcher.tuning.submission;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Jobs;
import dev.attune.launcher.tuning.BackEndException;
import dev.attune.launcher.tuning.BackEndException.Kind;
import dev.attune.launcher.tuning.BackEndJob;
import dev.attune.launcher.tuning.ListedJob;
import dev.attune.launcher.tuning.TuningBackEnd;
import dev.attune.launcher.tuning.TuningJobState;
import dev.attune.launcher.tuning.status.Backoff;
import dev.attune.launcher.tuning.status.DeadlineTimer;
import dev.attune.launcher.tuning.status.JobStatusLine;
import dev.attune.message.Messages;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Lists the back end's jobs once more after a create call: another ledger, or a call whose answer
 * was lost, may have created a second job with the same key. The oldest job is the ledger's job. A
 * younger one of this ledger that has not started is cancelled; every other one is reported.
 *
 * <p>The ledger stores that the listing is due, so that the next command does it if this process is
 * killed. A list that does not contain the ledger's own job yet does not count.
 */
record DuplicateJobCheck(Jobs jobs, BackEndsByPlace backEnds, JobStatusLine line) {
  /**
   * Lists the jobs if that is due.
   *
   * @return the job in the ledger; the listing is still due if the call failed, or the list does
   *     not contain the job yet
   * @throws CommandFailure if the configuration lacks what the back end needs
   */
  Job listIfDue(Job job) throws CommandFailure {
    BackEndJob known = job.known();
    if (known == null || !job.listingDue()) {
      return job;
    }
    TuningBackEnd backEnd = backEnds.of(job.spec());
    try {
      Set<String> others = jobs.namesOfOtherAttempts(job);
      List<ListedJob> listed =
          backEnd.find(job.spec()).stream()
              .filter(found -> !others.contains(found.job().name()))
              .toList();
      if (listed.stream().noneMatch(found -> found.job().name().equals(known.name()))) {
        return job;
      }
      List<ListedJob> alive =
          listed.stream().filter(found -> !found.job().state().hasFailed()).toList();
      return settle(job, known.name(), alive, backEnd);
    } catch (BackEndException e) {
      line.say(e.sentence(Messages.of("launcher.job.then-list")));
      return job;
    }
  }

  /**
   * Lists the jobs until the list contains the job. The first waits are short, as a second job
   * costs nothing before it starts.
   *
   * @param atMost the longest time
   */
  Job repeat(Job job, DeadlineTimer waiting, Duration atMost) throws CommandFailure {
    Backoff waits = Backoff.betweenLists();
    Instant end = waiting.now().plus(atMost);
    Job now = listIfDue(job);
    while (now.known() != null
        && now.listingDue()
        && !now.state().isTerminal()
        && waiting.now().isBefore(end)
        && waiting.pause(waits.next())) {
      now = listIfDue(now);
    }
    return now;
  }

  private Job settle(Job job, String known, List<ListedJob> alive, TuningBackEnd backEnd)
      throws BackEndException {
    Job now = job;
    String kept = known;
    if (!alive.isEmpty() && !job.state().isTerminal()) {
      // The ledger first: a process that is killed before the cancellation leaves it due.
      ListedJob oldest = alive.get(alive.size() - 1);
      kept = oldest.job().name();
      if (!kept.equals(known)) {
        String sentence = Messages.of("launcher.job.older", kept, known, job.id());
        now = jobs.exchange(job.id(), known, oldest, sentence);
        line.say(sentence);
      }
    }
    String mine = jobs.ledger();
    for (ListedJob second : alive) {
      if (!second.job().name().equals(kept)) {
        end(now, second, mine.equals(second.ledger()), backEnd);
      }
    }
    return jobs.listed(job.id());
  }

  /** Cancels a second job that this ledger created and that has not started; reports others. */
  private void end(Job job, ListedJob second, boolean mine, TuningBackEnd backEnd)
      throws BackEndException {
    String name = second.job().name();
    TuningJobState state = second.job().state();
    if (state == TuningJobState.CANCELLING) {
      return;
    }
    if (mine && (state == TuningJobState.QUEUED || state == TuningJobState.PENDING)) {
      try {
        backEnd.cancel(name);
        remark(job, Messages.of("launcher.job.second-cancelled", name, job.id()));
        return;
      } catch (BackEndException e) {
        if (e.kind() == Kind.UNCERTAIN) {
          throw e;
        }
        line.say(String.valueOf(e.getMessage()));
      }
    }
    remark(
        job,
        Messages.of(
            mine ? "launcher.job.second-own" : "launcher.job.second-foreign",
            name,
            job.id(),
            state));
  }

  private void remark(Job job, String sentence) {
    jobs.remark(job.id(), sentence);
    line.say(sentence);
  }
}
