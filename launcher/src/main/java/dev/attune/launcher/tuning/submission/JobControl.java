package dev.attune.launcher.tuning.submission;

import dev.attune.config.TuningConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Jobs;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.tuning.BackEndException;
import dev.attune.launcher.tuning.BackEndFactory;
import dev.attune.launcher.tuning.BackEndJob;
import dev.attune.launcher.tuning.TuningBackEnd;
import dev.attune.launcher.tuning.TuningJobState;
import dev.attune.launcher.tuning.status.DeadlineTimer;
import dev.attune.launcher.tuning.status.JobStatusLine;
import dev.attune.launcher.tuning.status.Sleeper;
import dev.attune.message.Messages;
import java.time.Duration;

/** Polls and cancels jobs of the ledger; creates none. */
public record JobControl(
    Shell shell, Ledger ledger, BackEndFactory backEnds, TuningConfig tuning, Sleeper sleeper) {
  /**
   * Polls a job until it ends.
   *
   * @throws CommandFailure if the job was not submitted, or the back end refuses the call
   */
  public TuningResult watch(Job asked) throws CommandFailure {
    if (asked.isOver() && !asked.listingDue()) {
      return new TuningResults(shell, ledger).of(asked, true);
    }
    refuseUnsent(asked);
    Jobs jobs = ledger.jobs();
    try (BackEndsByPlace placed = open();
        JobStatusLine line = JobStatusLine.waiting(shell, asked)) {
      var patience = tuning.patience();
      DeadlineTimer waiting = new DeadlineTimer(shell.clock(), sleeper, patience.job());
      Job job = new JobCreation(jobs, placed, patience, waiting, line).find(asked);
      if (job.known() == null) {
        throw notThere(job);
      }
      DuplicateJobCheck listing = new DuplicateJobCheck(jobs, placed, line);
      job = listing.repeat(job, waiting, patience.createGrace());
      TuningBackEnd backEnd = placed.of(job.spec());
      job = new JobPoller(jobs, backEnd, listing, patience, waiting, line).follow(job);
      return new TuningResults(shell, ledger).of(job, true);
    }
  }

  /**
   * Asks the back end to cancel a job. The job may end later, or not at all.
   *
   * @return the job after the call
   * @throws CommandFailure if the job has ended or was not submitted, or the back end refuses the
   *     call
   */
  public Job cancel(Job asked) throws CommandFailure {
    refuseEnded(asked);
    refuseUnsent(asked);
    try (BackEndsByPlace placed = open();
        JobStatusLine line = new JobStatusLine(shell, asked)) {
      Job job = look(asked, placed, line);
      refuseEnded(job);
      BackEndJob there = job.known();
      if (there == null) {
        throw notThere(job);
      }
      TuningBackEnd backEnd = placed.of(job.spec());
      backEnd.cancel(there.name());
      line.say(
          "Asked the back end to cancel %s. The job may end later, or not at all: attune watch %s shows it."
              .formatted(job.id(), job.id()));
      return ledger.jobs().observe(job.id(), backEnd.get(there.name()));
    } catch (BackEndException e) {
      throw new CommandFailure(FailureCode.BACK_END, e.sentence(), e);
    }
  }

  /** Returns the job with the state that its back end reports now. */
  private Job look(Job asked, BackEndsByPlace placed, JobStatusLine line)
      throws CommandFailure, BackEndException {
    Jobs jobs = ledger.jobs();
    BackEndJob known = asked.known();
    if (known != null) {
      return jobs.observe(asked.id(), placed.of(asked.spec()).get(known.name()));
    }
    DeadlineTimer once = new DeadlineTimer(shell.clock(), sleeper, Duration.ZERO);
    return new JobCreation(jobs, placed, tuning.patience(), once, line).find(asked);
  }

  private BackEndsByPlace open() {
    return new BackEndsByPlace(backEnds, tuning, ledger.folder());
  }

  private void refuseUnsent(Job job) throws CommandFailure {
    if (job.state() == TuningJobState.INTENDED) {
      throw new CommandFailure(
          FailureCode.MODEL, Messages.of("launcher.job.not-submitted", job.id(), dataset(job)));
    }
  }

  private static void refuseEnded(Job job) throws CommandFailure {
    if (job.state().isTerminal()) {
      throw new CommandFailure(
          FailureCode.MODEL, Messages.of("launcher.job.ended", job.id(), job.state()));
    }
  }

  private CommandFailure notThere(Job job) {
    return new CommandFailure(
        FailureCode.MODEL, Messages.of("launcher.job.not-found", job.id(), dataset(job)));
  }

  private String dataset(Job job) {
    return ledger.datasets().typed(job, shell);
  }
}
