package dev.attune.launcher.tuning;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Jobs;
import dev.attune.launcher.tuning.BackEndException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Lists the back end's jobs once more after a call to create one: another ledger, or a call whose
 * answer was lost, may have created a second job under the same key. The oldest stays and is the
 * ledger's job; a younger one of this ledger that has not started is cancelled; every other one is
 * named.
 *
 * <p>The ledger keeps that the listing is due, so that the next command does it where this one was
 * killed. A list that does not show the ledger's own job yet does not count.
 */
final class ListingAfterCreate {
  private static final Duration FIRST_LOOK = Duration.ofMillis(500);
  private static final Duration LONGEST_BETWEEN_LOOKS = Duration.ofSeconds(30);

  private final Jobs jobs;
  private final PlacedBackEnds backEnds;
  private final JobLine line;

  ListingAfterCreate(Jobs jobs, PlacedBackEnds backEnds, JobLine line) {
    this.jobs = jobs;
    this.backEnds = backEnds;
    this.line = line;
  }

  /**
   * Lists where it is due.
   *
   * @return the job as the ledger has it; the listing is still due where no list could be had, or
   *     it does not show the job yet
   * @throws CommandFailure if the configuration lacks what the back end needs
   */
  Job of(Job job) throws CommandFailure {
    BackEndJob known = job.known();
    if (known == null || !job.listingDue()) {
      return job;
    }
    TuningBackEnd backEnd = backEnds.of(job.spec());
    try {
      Set<String> others = otherAttempts(job);
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
      line.say(e.sentence("it is asked again with the next look at the job"));
      return job;
    }
  }

  /**
   * Lists where it is due until the list shows the job: soon, as a second job costs nothing before
   * it starts.
   *
   * @param atMost how long
   */
  Job repeat(Job job, Waiting waiting, Duration atMost) throws CommandFailure {
    Backoff looks = new Backoff(FIRST_LOOK, LONGEST_BETWEEN_LOOKS, 2, new SplittableRandom());
    Instant end = waiting.now().plus(atMost);
    Job now = of(job);
    while (now.known() != null
        && now.listingDue()
        && !now.state().isTerminal()
        && waiting.now().isBefore(end)
        && waiting.pause(looks.next())) {
      now = of(now);
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
        String sentence =
            kept + " is older than " + known + " and carries the same key: it is " + job.id() + ".";
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

  /** Cancels a second job that this ledger created and that has not started, or names it. */
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
        say(
            job,
            name
                + " was created from this ledger as a second job of "
                + job.id()
                + " and has not started: it is cancelled.");
        return;
      } catch (BackEndException e) {
        if (e.kind() == Kind.UNCERTAIN) {
          throw e;
        }
        line.say(String.valueOf(e.getMessage()));
      }
    }
    say(
        job,
        name
            + " carries the key of "
            + job.id()
            + " as well, is "
            + state
            + " and was created from "
            + (mine ? "this ledger" : "another ledger")
            + ": both are paid; cancel it at the back end if it is not wanted.");
  }

  private void say(Job job, String sentence) {
    jobs.remark(job.id(), sentence);
    line.say(sentence);
  }

  private Set<String> otherAttempts(Job job) {
    return jobs.attempts(job.spec()).stream()
        .filter(other -> !other.id().equals(job.id()))
        .map(Job::known)
        .filter(known -> known != null)
        .map(BackEndJob::name)
        .collect(Collectors.toSet());
  }
}
