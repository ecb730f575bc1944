package dev.attune.launcher.tuning;

import dev.attune.config.TuningConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.ledger.Datasets;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Jobs;
import dev.attune.launcher.ledger.Ledger;
import java.time.Duration;
import java.util.List;

/** Watches and cancels jobs of the ledger; creates none. */
public final class WatchRun {
  private final Shell shell;
  private final Ledger ledger;
  private final BackEnds backEnds;
  private final TuningConfig tuning;
  private final Pause pause;

  public WatchRun(Shell shell, Ledger ledger, BackEnds backEnds, TuningConfig tuning, Pause pause) {
    this.shell = shell;
    this.ledger = ledger;
    this.backEnds = backEnds;
    this.tuning = tuning;
    this.pause = pause;
  }

  /**
   * Watches a job until it ends.
   *
   * @throws CommandFailure if there is nothing to watch, or the back end refuses to tell
   */
  public Tuned watch(Job asked) throws CommandFailure {
    if (asked.isOver() && !asked.listingDue()) {
      return new Ending(shell, ledger).of(asked, true);
    }
    refuseUnsent(asked);
    Jobs jobs = ledger.jobs();
    try (PlacedBackEnds placed = open();
        JobLine line = JobLine.waiting(shell, asked)) {
      var patience = tuning.patience();
      Waiting waiting = new Waiting(shell.clock(), pause, patience.job());
      Job job = new JobCreation(jobs, placed, patience, waiting, line).find(asked);
      if (job.known() == null) {
        throw notThere(job);
      }
      ListingAfterCreate listing = new ListingAfterCreate(jobs, placed, line);
      job = listing.repeat(job, waiting, patience.createGrace());
      TuningBackEnd backEnd = placed.of(job.spec());
      job = new JobWatch(jobs, backEnd, listing, patience, waiting, line).follow(job);
      return new Ending(shell, ledger).of(job, true);
    }
  }

  /**
   * Asks the back end to end a job, which may come later or not at all.
   *
   * @return the job as it is now
   * @throws CommandFailure if there is nothing to cancel, or the back end does not take it
   */
  public Job cancel(Job asked) throws CommandFailure {
    refuseEnded(asked);
    refuseUnsent(asked);
    try (PlacedBackEnds placed = open();
        JobLine line = new JobLine(shell, asked)) {
      Job job = look(asked, placed, line);
      refuseEnded(job);
      BackEndJob there = job.known();
      if (there == null) {
        throw notThere(job);
      }
      TuningBackEnd backEnd = placed.of(job.spec());
      backEnd.cancel(there.name());
      line.say(
          "Asked for the end of "
              + job.id()
              + ", which may come later or not at all: attune watch "
              + job.id()
              + " shows it.");
      return ledger.jobs().observe(job.id(), backEnd.get(there.name()));
    } catch (BackEndException e) {
      throw new CommandFailure(FailureCode.BACK_END, List.of(), e.sentence(), e);
    }
  }

  /** The job as its back end tells of it now. */
  private Job look(Job asked, PlacedBackEnds placed, JobLine line)
      throws CommandFailure, BackEndException {
    Jobs jobs = ledger.jobs();
    BackEndJob known = asked.known();
    if (known != null) {
      return jobs.observe(asked.id(), placed.of(asked.spec()).get(known.name()));
    }
    Waiting once = new Waiting(shell.clock(), pause, Duration.ZERO);
    return new JobCreation(jobs, placed, tuning.patience(), once, line).find(asked);
  }

  private PlacedBackEnds open() {
    return new PlacedBackEnds(backEnds, tuning, ledger.folder());
  }

  private void refuseUnsent(Job job) throws CommandFailure {
    if (job.state() == TuningJobState.INTENDED) {
      throw new CommandFailure(
          FailureCode.MODEL,
          "Tuning job " + job.id() + " was not sent yet: attune tune " + dataset(job) + " does.");
    }
  }

  private static void refuseEnded(Job job) throws CommandFailure {
    if (job.state().isTerminal()) {
      throw new CommandFailure(
          FailureCode.MODEL,
          "Tuning job "
              + job.id()
              + " has ended already ("
              + job.state()
              + "), so there is nothing to cancel.");
    }
  }

  private CommandFailure notThere(Job job) {
    return new CommandFailure(
        FailureCode.MODEL,
        "The back end shows no job for "
            + job.id()
            + ", whose creation was begun: attune tune "
            + dataset(job)
            + " looks on, and creates it where it is not.");
  }

  private String dataset(Job job) {
    return ledger
        .datasets()
        .find(job.spec().dataset())
        .map(Datasets.Entry::directory)
        .map(shell::show)
        .orElse("DATASET");
  }
}
