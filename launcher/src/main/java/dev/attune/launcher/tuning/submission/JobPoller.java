package dev.attune.launcher.tuning.submission;

import dev.attune.config.TuningConfig.Patience;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.progress.TimeOfDay;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Jobs;
import dev.attune.launcher.tuning.BackEndException;
import dev.attune.launcher.tuning.BackEndException.Kind;
import dev.attune.launcher.tuning.BackEndJob;
import dev.attune.launcher.tuning.TuningBackEnd;
import dev.attune.launcher.tuning.status.Backoff;
import dev.attune.launcher.tuning.status.DeadlineTimer;
import dev.attune.launcher.tuning.status.JobStatusLine;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** Polls a job of the back end until it has ended and its model, if any, has an endpoint. */
final class JobPoller {
  private static final Duration HOSTED = Duration.ofSeconds(30);
  private static final Duration LOCAL = Duration.ofMillis(500);

  /** A job that was just created may not be found at first. */
  private static final int NOT_FOUND_IN_A_ROW = 5;

  private final Jobs jobs;
  private final TuningBackEnd backEnd;
  private final DuplicateJobCheck listing;
  private final DeadlineTimer waiting;
  private final JobStatusLine line;
  private final Backoff waits;

  JobPoller(
      Jobs jobs,
      TuningBackEnd backEnd,
      DuplicateJobCheck listing,
      Patience patience,
      DeadlineTimer waiting,
      JobStatusLine line) {
    this.jobs = jobs;
    this.backEnd = backEnd;
    this.listing = listing;
    this.waiting = waiting;
    this.line = line;
    Duration usual = backEnd.name().equals("local") ? LOCAL : HOSTED;
    this.waits = Backoff.betweenPolls(Objects.requireNonNullElse(patience.poll(), usual));
  }

  /**
   * Polls a job of the back end and enters every state in the ledger. A listing that is due after
   * the job's creation is tried with each poll.
   *
   * @return the job in the ledger: not {@link Job#isOver over} if the deadline passed
   * @throws CommandFailure if the back end does not find the job, or refuses the call
   */
  Job follow(Job known) throws CommandFailure {
    Job job = known;
    int notFound = 0;
    BackEndException trouble = null;
    line.show(job.state(), details(job));
    while (!job.isOver()) {
      BackEndJob there = job.known();
      if (there == null) {
        throw new IllegalArgumentException(job.id() + " is not known to its back end yet");
      }
      try {
        trouble = null;
        job = jobs.observe(job.id(), backEnd.get(there.name()));
        line.show(job.state(), details(job));
        job = listing.listIfDue(job);
        notFound = 0;
      } catch (BackEndException e) {
        String sentence = String.valueOf(e.getMessage());
        notFound = e.kind() == Kind.NOT_FOUND ? notFound + 1 : 0;
        if (e.kind() == Kind.REFUSED || notFound == NOT_FOUND_IN_A_ROW) {
          throw new CommandFailure(FailureCode.BACK_END, sentence, e);
        }
        trouble = e;
      }
      Duration next = waits.next();
      if (trouble != null) {
        line.printRetry(trouble, next, waiting);
      }
      if (!job.isOver() && !waiting.pause(next)) {
        return job;
      }
    }
    return job;
  }

  /**
   * Returns since when a running job is in its state, and the progress that the back end reports.
   */
  private String details(Job job) {
    BackEndJob there = job.known();
    if (there == null || job.state().isTerminal()) {
      return "";
    }
    String progress = backEnd.progress(there.name()).map(words -> ", " + words).orElse("");
    List<Job.Change> changes = jobs.changes(job.id());
    for (int i = changes.size() - 1; i >= 0; i--) {
      boolean entered = i == 0 || changes.get(i - 1).state() != job.state();
      if (changes.get(i).state() == job.state() && entered) {
        return " since " + TimeOfDay.utc(changes.get(i).stamp().at()) + progress;
      }
    }
    return progress;
  }
}
