package dev.attune.launcher.tuning.submission;

import dev.attune.config.TuningConfig.Patience;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Jobs;
import dev.attune.launcher.tuning.BackEndException;
import dev.attune.launcher.tuning.BackEndException.Kind;
import dev.attune.launcher.tuning.JobPlace;
import dev.attune.launcher.tuning.ListedJob;
import dev.attune.launcher.tuning.TuningBackEnd;
import dev.attune.launcher.tuning.TuningBackEnd.StagedDataset;
import dev.attune.launcher.tuning.status.Backoff;
import dev.attune.launcher.tuning.status.DeadlineTimer;
import dev.attune.launcher.tuning.status.JobStatusLine;
import dev.attune.launcher.tuning.status.SubmissionState;
import dev.attune.message.Messages;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds or creates the back end's job for a job of the ledger, so that it is created once.
 *
 * <p>A create call is sent only after a claim in the ledger, which contains the time at which the
 * call ends at the latest. Until that time, and for {@code createGrace} longer, the back end's jobs
 * are listed and none is created. Only one of several processes gets the next claim. This holds
 * whenever a process is killed.
 *
 * <p>The job is searched for in the place where it was requested. If no create call can be pending,
 * the configured place is searched too, and the job is created there.
 */
final class JobCreation {
  private final Jobs jobs;
  private final BackEndsByPlace backEnds;
  private final Patience patience;
  private final DeadlineTimer waiting;
  private final JobStatusLine line;
  private final Backoff waits;
  private final Backoff quota;

  /** Jobs that failed before this process created any; {@code --again} does not adopt them. */
  private final Set<String> abandonedJobs = new HashSet<>();

  private @Nullable BackEndException lastFault;
  private @Nullable Instant printedGraceEnd;
  private boolean prepared;
  private boolean created;

  JobCreation(
      Jobs jobs,
      BackEndsByPlace backEnds,
      Patience patience,
      DeadlineTimer waiting,
      JobStatusLine line) {
    this.jobs = jobs;
    this.backEnds = backEnds;
    this.patience = patience;
    this.waiting = waiting;
    this.line = line;
    this.waits = Backoff.betweenLists();
    this.quota = Backoff.forQuota();
  }

  /** Runs the checks and the upload that a job needs before it is created; each at most once. */
  @FunctionalInterface
  interface DatasetStager {
    StagedDataset staged() throws CommandFailure, IOException, BackEndException;
  }

  /**
   * Adopts or creates the job; returns when the back end's job is known, the job has ended, or the
   * deadline has passed.
   *
   * @param wanted where to request the job if it must be created
   * @param again whether to ignore jobs that failed before
   * @return the job in the ledger
   * @throws CommandFailure if the back end refuses the job, or another attempt replaced it
   */
  Job adoptOrCreate(Job intent, JobPlace wanted, boolean again, DatasetStager preparing)
      throws CommandFailure, IOException {
    Job job = intent;
    Next wait = Next.NONE;
    while (job.known() == null && !job.state().isTerminal()) {
      if (!pause(time(wait, job))) {
        return job;
      }
      job = jobs.get(job.id());
      if (job.known() == null && !job.state().isTerminal()) {
        refuseReplaced(job);
        wait = listOrCreate(job, wanted, again, preparing);
        job = jobs.get(job.id());
      }
    }
    return job;
  }

  /** Returns whether this process sent a create call that may have reached the back end. */
  boolean hasCreated() {
    return created;
  }

  /**
   * Searches the back end for a job whose create call may have reached it; creates none.
   *
   * @return the job in the ledger, without a job of the back end if none appeared within the grace
   */
  Job find(Job lost) throws CommandFailure {
    Job job = lost;
    while (job.known() == null && !job.state().isTerminal()) {
      boolean certain = noCallIsPending(job);
      Optional<List<ListedJob>> listed = list(job, List.of(job.spec().place()));
      if (listed.isPresent() && adopt(job, listed.orElseThrow(), certain)) {
        return jobs.get(job.id());
      }
      if ((certain && listed.isPresent()) || !pause(time(Next.LIST, job))) {
        return jobs.get(job.id());
      }
      job = jobs.get(job.id());
    }
    return job;
  }

  /** Waits; after a fault of the back end it prints the fault and the time of the next attempt. */
  private boolean pause(Duration time) {
    BackEndException fault = lastFault;
    lastFault = null;
    if (fault != null) {
      line.printRetry(fault, time, waiting);
    }
    return waiting.pause(time);
  }

  /** Reason to wait before the next attempt. */
  private enum Next {
    NONE,
    LIST,
    QUOTA
  }

  private Duration time(Next wait, Job job) {
    return switch (wait) {
      case NONE -> Duration.ZERO;
      case QUOTA -> quota.next();
      case LIST -> {
        Duration next = waits.next();
        Instant until = job.createUntil();
        if (until == null) {
          yield next;
        }
        // At most until a millisecond after the grace.
        Duration left = Duration.between(waiting.now(), graceEnd(until)).plusMillis(1);
        yield left.isNegative() || next.compareTo(left) < 0 ? next : left;
      }
    };
  }

  /** Lists the jobs once, and adopts or creates a job accordingly. */
  private Next listOrCreate(Job job, JobPlace wanted, boolean again, DatasetStager preparing)
      throws CommandFailure, IOException {
    if (!noCallIsPending(job)) {
      printSearch(job);
      Optional<List<ListedJob>> listed = list(job, List.of(job.spec().place()));
      return listed.isPresent() && adopt(job, listed.orElseThrow(), false) ? Next.NONE : Next.LIST;
    }
    List<JobPlace> places = places(job, wanted);
    if (!prepared) {
      // Before the checks and the upload: a job that exists needs neither.
      Next found = adoptListed(job, places, again);
      if (found != null) {
        return found;
      }
    }
    // The upload takes long, and the list must be of just before the claim.
    StagedDataset staged;
    try {
      staged = preparing.staged();
      prepared = true;
    } catch (BackEndException e) {
      return handleFault(job, e);
    }
    Next found = adoptListed(job, places, again);
    return found == null ? claim(job.in(wanted), staged) : found;
  }

  /** Returns where the job may be: where it was requested, and where it would be requested now. */
  private List<JobPlace> places(Job job, JobPlace wanted) {
    JobPlace requested = backEnds.known(job.spec().place());
    return !job.isRequested() || requested.isSame(wanted)
        ? List.of(wanted)
        : List.of(requested, wanted);
  }

  /** Adopts a job of the lists; returns null if there is none. */
  private @Nullable Next adoptListed(Job job, List<JobPlace> places, boolean again)
      throws CommandFailure {
    Optional<List<ListedJob>> listed = list(job, places);
    if (listed.isEmpty()) {
      return Next.LIST;
    }
    if (again && job.createUntil() == null) {
      listed.orElseThrow().stream()
          .filter(found -> found.job().state().hasFailed())
          .forEach(failed -> abandonedJobs.add(failed.job().name()));
    }
    return adopt(job, listed.orElseThrow(), true) ? Next.NONE : null;
  }

  private static void refuseReplaced(Job job) throws CommandFailure {
    if (!job.live()) {
      throw new CommandFailure(FailureCode.MODEL, Messages.of("launcher.job.replaced", job.id()));
    }
  }

  private boolean noCallIsPending(Job job) {
    Instant until = job.createUntil();
    return until == null || waiting.now().isAfter(graceEnd(until));
  }

  private Instant graceEnd(Instant until) {
    return until.plus(patience.createGrace());
  }

  private void printSearch(Job job) {
    Instant until = job.createUntil();
    if (until != null && !until.equals(printedGraceEnd)) {
      printedGraceEnd = until;
      line.say(
          Messages.of(
              "launcher.job.call-pending",
              job.id(),
              graceEnd(until).truncatedTo(ChronoUnit.SECONDS)));
    }
  }

  /** Returns the jobs of the key in some places, or empty if a place does not answer. */
  private Optional<List<ListedJob>> list(Job job, List<JobPlace> places) throws CommandFailure {
    List<ListedJob> all = new ArrayList<>();
    try {
      for (JobPlace place : places) {
        all.addAll(backEnds.of(job.spec().in(place)).find(job.spec()));
      }
    } catch (BackEndException e) {
      var unused = handleFault(job, e);
      return Optional.empty();
    }
    if (places.size() > 1) {
      all.sort(ListedJob.NEWEST_FIRST);
    }
    return Optional.of(all);
  }

  /**
   * Adopts a job that exists: the oldest one that runs or has succeeded, so that all processes
   * adopt the same; {@link DuplicateJobCheck} handles the others. A failed job is adopted only if
   * no create call is pending, and never if it belongs to another attempt.
   */
  private boolean adopt(Job job, List<ListedJob> listed, boolean failedToo) {
    Set<String> others = new HashSet<>(abandonedJobs);
    others.addAll(jobs.namesOfOtherAttempts(job));
    List<ListedJob> own =
        listed.stream().filter(found -> !others.contains(found.job().name())).toList();
    List<ListedJob> live = own.stream().filter(found -> !found.job().state().hasFailed()).toList();
    if (live.isEmpty() && (own.isEmpty() || !failedToo)) {
      return false;
    }
    ListedJob taken = live.isEmpty() ? own.get(0) : live.get(live.size() - 1);
    Job now = jobs.adopt(job.id(), taken.job(), taken.place(), live.size() > 1);
    line.submission(SubmissionState.DONE);
    String name = taken.job().name();
    if (name.equals(now.name())) {
      line.say("Adopted " + name + ", which exists already, as " + job.id() + ".");
    }
    return true;
  }

  /** Claims the create call in the ledger, and sends it. */
  private Next claim(Job job, StagedDataset staged) throws CommandFailure {
    TuningBackEnd backEnd = backEnds.of(job.spec());
    String ledger = jobs.ledger();
    Duration call = patience.call();
    Instant until = waiting.now().truncatedTo(ChronoUnit.MILLIS).plus(call).plus(call.dividedBy(2));
    line.submission(SubmissionState.UNCERTAIN);
    if (!jobs.claimCreate(job, until)) {
      return Next.LIST;
    }
    waits.reset();
    if (waiting.now().plus(call).isAfter(until)) {
      // The process was suspended: the call could end later than the claim allows.
      notCreated(job, until, Messages.of("launcher.job.suspended"));
      return Next.LIST;
    }
    created = true;
    try {
      jobs.observe(job.id(), backEnd.create(job.spec(), staged, ledger));
      line.submission(SubmissionState.DONE);
      return Next.NONE;
    } catch (BackEndException e) {
      String sentence = String.valueOf(e.getMessage());
      switch (e.kind()) {
        case REFUSED, NOT_FOUND -> {
          notCreated(job, until, sentence);
          throw new CommandFailure(FailureCode.BACK_END, sentence, e);
        }
        case QUOTA -> {
          notCreated(job, until, sentence + ".");
          lastFault = e;
          return Next.QUOTA;
        }
        case UNCERTAIN -> line.say(sentence + "."); // printSearch reports the search.
      }
      return Next.NONE;
    }
  }

  private void notCreated(Job job, Instant until, String sentence) {
    created = false;
    jobs.notCreated(job.id(), until, sentence);
    line.submission(SubmissionState.NONE);
  }

  /**
   * Handles a fault of a call that changes nothing: the ledger gets a remark, so that {@code attune
   * jobs} shows it, and the call is tried again unless the fault is permanent.
   */
  private Next handleFault(Job job, BackEndException e) throws CommandFailure {
    String sentence = e.sentence(Messages.of("launcher.job.then-again"));
    jobs.remark(job.id(), sentence);
    if (e.kind() == Kind.REFUSED || e.kind() == Kind.NOT_FOUND) {
      throw new CommandFailure(FailureCode.BACK_END, sentence, e);
    }
    lastFault = e;
    return Next.LIST;
  }
}
