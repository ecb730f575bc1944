package dev.attune.launcher.tuning.submission;

import dev.attune.config.TuningConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Jobs;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.tuning.BackEndException;
import dev.attune.launcher.tuning.BackEndFactory;
import dev.attune.launcher.tuning.JobPlace;
import dev.attune.launcher.tuning.ListedJob;
import dev.attune.launcher.tuning.TuningBackEnd;
import dev.attune.launcher.tuning.TuningBackEnd.StagedDataset;
import dev.attune.launcher.tuning.TuningJobState;
import dev.attune.launcher.tuning.TuningSpec;
import dev.attune.launcher.tuning.status.DeadlineTimer;
import dev.attune.launcher.tuning.status.JobStatusLine;
import dev.attune.launcher.tuning.status.Sleeper;
import dev.attune.launcher.tuning.status.UploadProgress;
import dev.attune.launcher.tuning.submission.JobCreation.DatasetStager;
import dev.attune.message.Messages;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tunes on a dataset with one job for its key, however often it runs. If it is killed between two
 * steps of {@link #tune}, the next run continues from there.
 *
 * @param ledger the open ledger; it stays open
 * @param sleeper waits between two polls
 */
public record TuningRun(
    Shell shell,
    Ledger ledger,
    BackEndFactory backEnds,
    PreflightCheck preflight,
    Sleeper sleeper) {
  /**
   * Returns the last job with a model that was tuned on a dataset with the parameters of a
   * configuration. It calls no back end.
   *
   * @throws CommandFailure if the configuration lacks the base model or the location
   */
  public static Optional<Job> tuned(Ledger ledger, DatasetDirectory dataset, TuningConfig tuning)
      throws CommandFailure {
    return ledger.jobs().attempts(JobSpecs.of(dataset, tuning)).stream()
        .filter(job -> job.state().hasModel())
        .findFirst();
  }

  /**
   * Creates the job, or adopts an existing one, and polls it.
   *
   * @throws CommandFailure if the dataset, the configuration or the back end refuses the request
   */
  public TuningResult tune(TuningRequest order) throws CommandFailure, IOException {
    DatasetDirectory dataset = DatasetDirectory.open(order.dataset(), shell);
    dataset.verify(shell);
    TuningConfig tuning = order.tuning();
    TuningSpec spec = JobSpecs.of(dataset, tuning);
    try (BackEndsByPlace placed = new BackEndsByPlace(backEnds, tuning, ledger.folder())) {
      JobPreparation checks = new JobPreparation(dataset, tuning);
      if (mayBeCreated(spec, order.again())) {
        checks.pass(() -> exists(spec, placed));
      }
      TuningBackEnd backEnd = placed.of(spec);
      ledger.datasets().enter(dataset);
      Job job = ledger.jobs().intend(spec, order.again());
      try (JobStatusLine line = JobStatusLine.waiting(shell, job)) {
        printOtherPlaces(job, spec, order.again(), line);
        return follow(job, order, spec, placed, line, () -> checks.staged(backEnd));
      }
    }
  }

  /** Returns whether the back end has a job of the spec to adopt; false if that is unknown. */
  private boolean exists(TuningSpec spec, BackEndsByPlace placed) {
    List<@Nullable String> known =
        ledger.jobs().attempts(spec).stream().<@Nullable String>map(Job::name).toList();
    try {
      return placed.of(spec).find(spec).stream()
          .map(ListedJob::job)
          .anyMatch(job -> !job.state().hasFailed() && !known.contains(job.name()));
    } catch (BackEndException | CommandFailure e) {
      return false; // The refusal of the checks is reported even if the back end cannot be reached.
    }
  }

  /** Prints a place that differs from the configured one, and other jobs that still run. */
  private void printOtherPlaces(Job job, TuningSpec spec, boolean again, JobStatusLine line) {
    JobPlace there = job.spec().place();
    if (job.isRequested() && !job.isOver() && !there.isSame(spec.place())) {
      line.say(
          Messages.of(
              "launcher.job.elsewhere", job.id(), there.described(), spec.place().described()));
    }
    if (again) {
      for (Job other : ledger.jobs().attempts(spec)) {
        if (!other.id().equals(job.id()) && other.isRequested() && !other.state().isTerminal()) {
          line.say(
              Messages.of(
                  "launcher.job.also-running",
                  other.id(),
                  other.spec().place().described(),
                  other.id()));
        }
      }
    }
  }

  private TuningResult follow(
      Job intent,
      TuningRequest order,
      TuningSpec spec,
      BackEndsByPlace placed,
      JobStatusLine line,
      DatasetStager preparing)
      throws CommandFailure, IOException {
    var patience = order.tuning().patience();
    Jobs jobs = ledger.jobs();
    DeadlineTimer waiting = new DeadlineTimer(shell.clock(), sleeper, patience.job());
    if (intent.isOver() && intent.state().hasModel()) {
      line.say("Nothing new to do: " + intent.id() + " is already tuned on this dataset.");
    }
    JobCreation creation = new JobCreation(jobs, placed, patience, waiting, line);
    Job job = creation.adoptOrCreate(intent, spec.place(), order.again(), preparing);
    DuplicateJobCheck listing = new DuplicateJobCheck(jobs, placed, line);
    job =
        order.waits()
            ? listing.repeat(job, waiting, patience.createGrace())
            : listing.listIfDue(job);
    if (job.known() != null && !job.isOver() && order.waits()) {
      TuningBackEnd backEnd = placed.of(job.spec());
      job = new JobPoller(jobs, backEnd, listing, patience, waiting, line).follow(job);
    }
    return new TuningResults(shell, ledger).of(job, order.waits()).created(creation.hasCreated());
  }

  /** Returns whether a job may have to be created: the key has no live job and no pending call. */
  private boolean mayBeCreated(TuningSpec spec, boolean again) {
    List<Job> attempts = ledger.jobs().attempts(spec);
    if (attempts.isEmpty()) {
      return true;
    }
    Job last = attempts.get(0);
    return last.state() == TuningJobState.INTENDED || (again && last.isReplaceableIn(spec.place()));
  }

  /** Runs the checks and the upload, each once in this process, when a job is to be created. */
  private final class JobPreparation {
    private final DatasetDirectory dataset;
    private final TuningConfig tuning;
    private boolean passed;
    private @Nullable CommandFailure refusal;
    private @Nullable StagedDataset staged;

    JobPreparation(DatasetDirectory dataset, TuningConfig tuning) {
      this.dataset = dataset;
      this.tuning = tuning;
    }

    /**
     * Runs the checks; stores a refusal if an existing job can be adopted instead.
     *
     * @param exists returns whether such a job exists
     */
    void pass(BooleanSupplier exists) throws CommandFailure, IOException {
      try {
        pass();
      } catch (CommandFailure refused) {
        if (!exists.getAsBoolean()) {
          throw refused;
        }
        refusal = refused;
        preflight.warn(dataset, tuning, refused);
      }
    }

    private void pass() throws CommandFailure, IOException {
      CommandFailure before = refusal;
      if (before != null) {
        throw before;
      }
      if (!passed) {
        preflight.pass(dataset, tuning);
        passed = true;
      }
    }

    StagedDataset staged(TuningBackEnd backEnd)
        throws CommandFailure, IOException, BackEndException {
      pass();
      StagedDataset there = staged;
      if (there == null) {
        try (UploadProgress steps = new UploadProgress(shell)) {
          there = backEnd.stage(dataset, steps);
        }
        staged = there;
      }
      return there;
    }
  }
}
