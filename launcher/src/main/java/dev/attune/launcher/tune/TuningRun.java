package dev.attune.launcher.tune;

import dev.attune.config.TuningConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Jobs;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.tune.JobCreation.Preparing;
import dev.attune.launcher.tuning.BackEndException;
import dev.attune.launcher.tuning.BackEnds;
import dev.attune.launcher.tuning.TuningBackEnd;
import dev.attune.launcher.tuning.TuningBackEnd.Staged;
import dev.attune.launcher.tuning.TuningJobState;
import dev.attune.launcher.tuning.TuningSpec;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tunes on a dataset: one job for its key, however often this is begun. The steps stand in {@link
 * #tune}; killed between any two of them, the next run goes on from there.
 */
public final class TuningRun {
  private final Shell shell;
  private final Ledger ledger;
  private final BackEnds backEnds;
  private final Preflight preflight;
  private final Pause pause;

  /**
   * Tunes with what it is given.
   *
   * @param ledger open; it stays so
   * @param pause how to wait
   */
  public TuningRun(
      Shell shell, Ledger ledger, BackEnds backEnds, Preflight preflight, Pause pause) {
    this.shell = shell;
    this.ledger = ledger;
    this.backEnds = backEnds;
    this.preflight = preflight;
    this.pause = pause;
  }

  /**
   * The last job on a dataset that was tuned as a configuration says and gave a model. Creates and
   * asks nothing.
   *
   * @throws CommandFailure if the configuration does not say what is tuned, or where
   */
  public static Optional<Job> tuned(Ledger ledger, DatasetDirectory dataset, TuningConfig tuning)
      throws CommandFailure {
    return ledger.jobs().attempts(JobSpecs.of(dataset, tuning)).stream()
        .filter(job -> job.state().hasModel())
        .findFirst();
  }

  /**
   * Creates the job, or adopts the one that exists, and watches it.
   *
   * @throws CommandFailure if the dataset, the configuration or the back end refuse
   */
  public Tuned tune(TuneOrder order) throws CommandFailure, IOException {
    DatasetDirectory dataset = DatasetDirectory.open(order.dataset(), shell);
    dataset.verify(shell);
    TuningConfig tuning = order.tuning();
    TuningSpec spec = JobSpecs.of(dataset, tuning);
    Once checks = new Once(dataset, tuning);
    if (mayBeCreated(spec, order.again())) {
      checks.pass();
    }
    try (TuningBackEnd backEnd = backEnds.open(tuning, ledger.folder())) {
      ledger.datasets().enter(dataset);
      Job job = ledger.jobs().intend(spec, order.again());
      try (JobLine line = JobLine.waiting(shell, job.id())) {
        return follow(job, order, backEnd, line, () -> checks.staged(backEnd));
      }
    }
  }

  private Tuned follow(
      Job intent, TuneOrder order, TuningBackEnd backEnd, JobLine line, Preparing preparing)
      throws CommandFailure, IOException {
    var patience = order.tuning().patience();
    Jobs jobs = ledger.jobs();
    Waiting waiting = new Waiting(shell.clock(), pause, patience.job());
    if (intent.state().hasModel()) {
      line.say("Nothing new to do: " + intent.id() + " tuned on this dataset already.");
    }
    Job job =
        new JobCreation(jobs, backEnd, patience, waiting, line)
            .create(intent, order.again(), preparing);
    if (job.known() != null && !job.state().isTerminal() && order.waits()) {
      job = new JobWatch(jobs, backEnd, patience, waiting, line).follow(job);
    }
    return new Ending(shell, ledger).of(job, order.waits());
  }

  /** Whether a job may have to be created: none is known that counts, and none may be under way. */
  private boolean mayBeCreated(TuningSpec spec, boolean again) {
    List<Job> attempts = ledger.jobs().attempts(spec);
    if (attempts.isEmpty()) {
      return true;
    }
    TuningJobState last = attempts.get(0).state();
    return last == TuningJobState.INTENDED || (again && last.hasFailed());
  }

  /** Checks and upload, each done once in this process, when a job is to be created. */
  private final class Once {
    private final DatasetDirectory dataset;
    private final TuningConfig tuning;
    private boolean passed;
    private @Nullable Staged staged;

    Once(DatasetDirectory dataset, TuningConfig tuning) {
      this.dataset = dataset;
      this.tuning = tuning;
    }

    void pass() throws CommandFailure, IOException {
      if (!passed) {
        preflight.pass(dataset, tuning);
        passed = true;
      }
    }

    Staged staged(TuningBackEnd backEnd) throws CommandFailure, IOException, BackEndException {
      pass();
      Staged there = staged;
      if (there == null) {
        there = backEnd.stage(dataset);
        staged = there;
      }
      return there;
    }
  }
}
