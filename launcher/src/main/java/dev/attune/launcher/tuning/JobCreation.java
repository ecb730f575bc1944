package dev.attune.launcher.tuning;

import dev.attune.config.TuningConfig.Patience;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Jobs;
import dev.attune.launcher.tuning.BackEndException.Kind;
import dev.attune.launcher.tuning.TuningBackEnd.Staged;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Brings an intent of the ledger to a job of the back end: finds the one that stands, or creates
 * it, once.
 *
 * <p>What holds, whatever is killed when: a call to create leaves this machine only after a claim
 * in the ledger, which says until when that call may last. While such a call may be under way, and
 * for {@code createGrace} longer, the back end's jobs are listed and none is created. Only one of
 * several processes gets the next claim.
 *
 * <p>A job is looked for where it was requested. Where no call may be under way, it is looked for
 * in the configured place as well, and requested there.
 */
final class JobCreation {
  private static final Duration FIRST_LOOK = Duration.ofMillis(500);
  private static final Duration LONGEST_BETWEEN_LOOKS = Duration.ofSeconds(30);
  private static final Duration LONGEST_FOR_QUOTA = Duration.ofMinutes(5);

  private final Jobs jobs;
  private final PlacedBackEnds backEnds;
  private final Patience patience;
  private final Waiting waiting;
  private final JobLine line;
  private final Backoff looks;
  private final Backoff quota;

  /** Jobs that failed before this process created any: {@code --again} leaves them behind. */
  private final Set<String> leftBehind = new HashSet<>();

  private @Nullable BackEndException trouble;
  private @Nullable Instant saidUntil;
  private boolean prepared;

  JobCreation(
      Jobs jobs, PlacedBackEnds backEnds, Patience patience, Waiting waiting, JobLine line) {
    this.jobs = jobs;
    this.backEnds = backEnds;
    this.patience = patience;
    this.waiting = waiting;
    this.line = line;
    SplittableRandom dice = new SplittableRandom();
    this.looks = new Backoff(FIRST_LOOK, LONGEST_BETWEEN_LOOKS, 2, dice);
    this.quota = new Backoff(Duration.ofSeconds(10), LONGEST_FOR_QUOTA, 2, dice);
  }

  /** What must be done before a job can be created: checks, then the upload. Done at most once. */
  @FunctionalInterface
  interface Preparing {
    Staged staged() throws CommandFailure, IOException, BackEndException;
  }

  /**
   * Goes on until the job is known, or ended, or the deadline passes.
   *
   * @param wanted where it is requested if it must be created
   * @param again whether jobs that failed before are left behind
   * @return the job as the ledger has it
   * @throws CommandFailure if the back end refuses it, or another attempt took its place
   */
  Job create(Job intent, JobPlace wanted, boolean again, Preparing preparing)
      throws CommandFailure, IOException {
    Job job = intent;
    Wait wait = Wait.NONE;
    while (job.known() == null && !job.state().isTerminal()) {
      if (!pause(time(wait, job))) {
        return job;
      }
      job = jobs.get(job.id());
      if (job.known() == null && !job.state().isTerminal()) {
        refuseLeft(job);
        wait = round(job, wanted, again, preparing);
        job = jobs.get(job.id());
      }
    }
    return job;
  }

  /**
   * Looks for a job whose call may have left, and creates none.
   *
   * @return the job as the ledger has it: still not known where the grace has passed in vain
   */
  Job find(Job lost) throws CommandFailure {
    Job job = lost;
    while (job.known() == null && !job.state().isTerminal()) {
      boolean certain = nothingMayBeUnderWay(job);
      Optional<List<ListedJob>> listed = list(job, List.of(job.spec().place()));
      if (listed.isPresent() && adopt(job, listed.orElseThrow(), certain)) {
        return jobs.get(job.id());
      }
      if ((certain && listed.isPresent()) || !pause(time(Wait.LOOK, job))) {
        return jobs.get(job.id());
      }
      job = jobs.get(job.id());
    }
    return job;
  }

  /** Waits, and says so where the back end did not do what it was asked. */
  private boolean pause(Duration time) {
    BackEndException fault = trouble;
    trouble = null;
    if (fault != null) {
      line.sayAskingAgain(fault, time, waiting);
    }
    return waiting.pause(time);
  }

  /** What to wait for before the next round. */
  private enum Wait {
    NONE,
    LOOK,
    QUOTA
  }

  private Duration time(Wait wait, Job job) {
    return switch (wait) {
      case NONE -> Duration.ZERO;
      case QUOTA -> quota.next();
      case LOOK -> {
        Duration next = looks.next();
        Instant until = job.createUntil();
        if (until == null) {
          yield next;
        }
        // Not longer than until the grace has passed, and a millisecond.
        Duration left = Duration.between(waiting.now(), certainFrom(until)).plusMillis(1);
        yield left.isNegative() || next.compareTo(left) < 0 ? next : left;
      }
    };
  }

  /** One look, and what follows from it. */
  private Wait round(Job job, JobPlace wanted, boolean again, Preparing preparing)
      throws CommandFailure, IOException {
    if (!nothingMayBeUnderWay(job)) {
      sayThatItIsSought(job);
      Optional<List<ListedJob>> listed = list(job, List.of(job.spec().place()));
      return listed.isPresent() && adopt(job, listed.orElseThrow(), false) ? Wait.NONE : Wait.LOOK;
    }
    List<JobPlace> places = places(job, wanted);
    if (!prepared) {
      // Before the checks and the upload: a job that exists needs neither.
      Wait found = takeOver(job, places, again);
      if (found != null) {
        return found;
      }
    }
    // The upload takes long, and the list must be of just before the claim.
    Staged staged;
    try {
      staged = preparing.staged();
      prepared = true;
    } catch (BackEndException e) {
      return rideOut(job, e);
    }
    Wait found = takeOver(job, places, again);
    return found == null ? claim(job.in(wanted), staged) : found;
  }

  /** Where the job may be: where it was requested, and where it would be. */
  private List<JobPlace> places(Job job, JobPlace wanted) {
    JobPlace requested = backEnds.known(job.spec().place());
    return !job.isRequested() || requested.isSame(wanted)
        ? List.of(wanted)
        : List.of(requested, wanted);
  }

  /** Takes over a job of the lists; null where there is none. */
  private @Nullable Wait takeOver(Job job, List<JobPlace> places, boolean again)
      throws CommandFailure {
    Optional<List<ListedJob>> listed = list(job, places);
    if (listed.isEmpty()) {
      return Wait.LOOK;
    }
    if (again && job.createUntil() == null) {
      listed.orElseThrow().stream()
          .filter(found -> found.job().state().hasFailed())
          .forEach(failed -> leftBehind.add(failed.job().name()));
    }
    return adopt(job, listed.orElseThrow(), true) ? Wait.NONE : null;
  }

  private static void refuseLeft(Job job) throws CommandFailure {
    if (!job.live()) {
      throw new CommandFailure(
          FailureCode.MODEL,
          "Tuning job "
              + job.id()
              + " was replaced by another attempt (--again) before it was created: attune jobs"
              + " shows both.");
    }
  }

  private boolean nothingMayBeUnderWay(Job job) {
    Instant until = job.createUntil();
    return until == null || waiting.now().isAfter(certainFrom(until));
  }

  private Instant certainFrom(Instant until) {
    return until.plus(patience.createGrace());
  }

  private void sayThatItIsSought(Job job) {
    Instant until = job.createUntil();
    if (until != null && !until.equals(saidUntil)) {
      saidUntil = until;
      line.say(
          "A call that creates "
              + job.id()
              + " was begun and its answer is not known: looking for the job until "
              + certainFrom(until).truncatedTo(ChronoUnit.SECONDS)
              + " before another is created.");
    }
  }

  /** The back end's jobs of the key in some places, or nothing where one does not answer now. */
  private Optional<List<ListedJob>> list(Job job, List<JobPlace> places) throws CommandFailure {
    List<ListedJob> all = new ArrayList<>();
    try {
      for (JobPlace place : places) {
        all.addAll(backEnds.of(job.spec().in(place)).find(job.spec()));
      }
    } catch (BackEndException e) {
      var unused = rideOut(job, e);
      return Optional.empty();
    }
    if (places.size() > 1) {
      all.sort(ListedJob.NEWEST_FIRST);
    }
    return Optional.of(all);
  }

  /**
   * Takes over a job that exists: one that goes on or succeeded, and of several the oldest, so that
   * all who look take the same; what becomes of the others {@link ListingAfterCreate} decides. One
   * that failed counts where no call is under way that could have created another, and never where
   * it is known to be another attempt.
   */
  private boolean adopt(Job job, List<ListedJob> listed, boolean failedToo) {
    Set<String> others = new HashSet<>(leftBehind);
    for (Job other : jobs.attempts(job.spec())) {
      BackEndJob known = other.known();
      if (known != null && !other.id().equals(job.id())) {
        others.add(known.name());
      }
    }
    List<ListedJob> own =
        listed.stream().filter(found -> !others.contains(found.job().name())).toList();
    List<ListedJob> live = own.stream().filter(found -> !found.job().state().hasFailed()).toList();
    if (live.isEmpty() && (own.isEmpty() || !failedToo)) {
      return false;
    }
    ListedJob taken = live.isEmpty() ? own.get(0) : live.get(live.size() - 1);
    Job now = jobs.adopt(job.id(), taken.job(), taken.place(), live.size() > 1);
    line.submission(Submission.DONE);
    BackEndJob known = now.known();
    if (known != null && known.name().equals(taken.job().name())) {
      line.say("Took over " + known.name() + ", which exists already, as " + job.id() + ".");
    }
    return true;
  }

  /** Claims the one call in the place of the job, and sends it. */
  private Wait claim(Job job, Staged staged) throws CommandFailure {
    TuningBackEnd backEnd = backEnds.of(job.spec());
    String ledger = jobs.ledger();
    Duration call = patience.call();
    Instant until = waiting.now().truncatedTo(ChronoUnit.MILLIS).plus(call).plus(call.dividedBy(2));
    line.submission(Submission.UNCERTAIN);
    if (!jobs.mayCreate(job, until)) {
      return Wait.LOOK;
    }
    looks.reset();
    if (waiting.now().plus(call).isAfter(until)) {
      // This process stood still: the call would last longer than the claim says.
      notCreated(job, until, "The claim came too late for a call.");
      return Wait.LOOK;
    }
    try {
      jobs.observe(job.id(), backEnd.create(job.spec(), staged, ledger));
      line.submission(Submission.DONE);
      return Wait.NONE;
    } catch (BackEndException e) {
      String sentence = String.valueOf(e.getMessage());
      switch (e.kind()) {
        case REFUSED, NOT_FOUND -> {
          notCreated(job, until, sentence);
          throw new CommandFailure(FailureCode.BACK_END, List.of(), sentence, e);
        }
        case QUOTA -> {
          notCreated(job, until, sentence + ".");
          trouble = e;
          return Wait.QUOTA;
        }
        case UNCERTAIN -> line.say(sentence + "."); // What follows says that it is looked for.
      }
      return Wait.NONE;
    }
  }

  private void notCreated(Job job, Instant until, String sentence) {
    jobs.notCreated(job.id(), until, sentence);
    line.submission(Submission.NONE);
  }

  /**
   * A fault of a call that changes nothing: entered, so that {@code attune jobs} tells it, said
   * with the time of the next attempt, and tried again, unless it will not pass.
   */
  private Wait rideOut(Job job, BackEndException e) throws CommandFailure {
    String sentence = e.sentence("attune tune asks again");
    jobs.remark(job.id(), sentence);
    if (e.kind() == Kind.REFUSED || e.kind() == Kind.NOT_FOUND) {
      throw new CommandFailure(FailureCode.BACK_END, List.of(), sentence, e);
    }
    trouble = e;
    return Wait.LOOK;
  }
}
