package dev.attune.launcher.tuning;

import dev.attune.config.TuningConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Jobs;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.tuning.JobCreation.Preparing;
import dev.attune.launcher.tuning.TuningBackEnd.Staged;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
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
    try (PlacedBackEnds placed = new PlacedBackEnds(backEnds, tuning, ledger.folder())) {
      Once checks = new Once(dataset, tuning);
      if (mayBeCreated(spec, order.again())) {
        checks.pass(() -> exists(spec, placed));
      }
      TuningBackEnd backEnd = placed.of(spec);
      ledger.datasets().enter(dataset);
      Job job = ledger.jobs().intend(spec, order.again());
      try (JobLine line = JobLine.waiting(shell, job)) {
        sayWhere(job, spec, order.again(), line);
        return follow(job, order, spec, placed, line, () -> checks.staged(backEnd));
      }
    }
  }

  /** Whether the back end has a job of the spec that would be taken over; false where unknown. */
  private boolean exists(TuningSpec spec, PlacedBackEnds placed) {
    Set<String> known = new HashSet<>();
    for (Job attempt : ledger.jobs().attempts(spec)) {
      BackEndJob job = attempt.known();
      if (job != null) {
        known.add(job.name());
      }
    }
    try {
      return placed.of(spec).find(spec).stream()
          .map(ListedJob::job)
          .anyMatch(job -> !job.state().hasFailed() && !known.contains(job.name()));
    } catch (BackEndException | CommandFailure e) {
      return false; // What the checks refuse is said, also where nobody can be asked.
    }
  }

  /** Names a place that is not the configured one, and jobs that go on beside this one. */
  private void sayWhere(Job job, TuningSpec spec, boolean again, JobLine line) {
    JobPlace there = job.spec().place();
    if (job.isRequested() && !job.isOver() && !there.isSame(spec.place())) {
      line.say(
          job.id()
              + " was requested in "
              + there.described()
              + " and goes on there; attune.yaml says "
              + spec.place().described()
              + " now: --again starts another job there.");
    }
    if (again) {
      for (Job other : ledger.jobs().attempts(spec)) {
        if (!other.id().equals(job.id()) && other.isRequested() && !other.state().isTerminal()) {
          line.say(
              other.id()
                  + " may still go on in "
                  + other.spec().place().described()
                  + " and is paid as well: attune cancel "
                  + other.id()
                  + " asks for its end.");
        }
      }
    }
  }

  private Tuned follow(
      Job intent,
      TuneOrder order,
      TuningSpec spec,
      PlacedBackEnds placed,
      JobLine line,
      Preparing preparing)
      throws CommandFailure, IOException {
    var patience = order.tuning().patience();
    Jobs jobs = ledger.jobs();
    Waiting waiting = new Waiting(shell.clock(), pause, patience.job());
    if (intent.isOver() && intent.state().hasModel()) {
      line.say("Nothing new to do: " + intent.id() + " tuned on this dataset already.");
    }
    Job job =
        new JobCreation(jobs, placed, patience, waiting, line)
            .create(intent, spec.place(), order.again(), preparing);
    ListingAfterCreate listing = new ListingAfterCreate(jobs, placed, line);
    job = order.waits() ? listing.repeat(job, waiting, patience.createGrace()) : listing.of(job);
    if (job.known() != null && !job.isOver() && order.waits()) {
      TuningBackEnd backEnd = placed.of(job.spec());
      job = new JobWatch(jobs, backEnd, listing, patience, waiting, line).follow(job);
    }
    return new Ending(shell, ledger).of(job, order.waits());
  }

  /** Whether a job may have to be created: none is known that counts, and none may be under way. */
  private boolean mayBeCreated(TuningSpec spec, boolean again) {
    List<Job> attempts = ledger.jobs().attempts(spec);
    if (attempts.isEmpty()) {
      return true;
    }
    Job last = attempts.get(0);
    return last.state() == TuningJobState.INTENDED || (again && last.yieldsTo(spec.place()));
  }

  /** Checks and upload, each done once in this process, when a job is to be created. */
  private final class Once {
    private final DatasetDirectory dataset;
    private final TuningConfig tuning;
    private boolean passed;
    private @Nullable CommandFailure refusal;
    private @Nullable Staged staged;

    Once(DatasetDirectory dataset, TuningConfig tuning) {
      this.dataset = dataset;
      this.tuning = tuning;
    }

    /**
     * Passes what may be created; keeps a refusal where a job exists that is taken over instead.
     *
     * @param exists whether one does
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

    Staged staged(TuningBackEnd backEnd) throws CommandFailure, IOException, BackEndException {
      pass();
      Staged there = staged;
      if (there == null) {
        try (Staging steps = new Staging(shell)) {
          there = backEnd.stage(dataset, steps);
        }
        staged = there;
      }
      return there;
    }
  }
}
