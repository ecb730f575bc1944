package dev.attune.launcher.baseline;

import dev.attune.filesystem.LockFile;
import dev.attune.filesystem.UnsafePathException;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.tuning.BackEndException;
import dev.attune.launcher.tuning.BackEndJob;
import dev.attune.launcher.tuning.JobPlace;
import dev.attune.launcher.tuning.ListedJob;
import dev.attune.launcher.tuning.TuningBackEnd;
import dev.attune.launcher.tuning.TuningSpec;
import dev.attune.message.Messages;
import dev.attune.place.Place;
import dev.attune.schema.DatasetManifest;
import dev.attune.schema.ManifestException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The back end that trains the linear baseline on this machine. A job is a folder. {@link #create}
 * queues it, and the first process that calls {@link #get} trains it in a thread. If that process
 * is killed, the next process that calls {@link #get} trains the job again. Nothing is copied: the
 * dataset must stay in its directory until the job has ended.
 */
public final class LocalBackEnd implements TuningBackEnd {
  /** The name of the back end in a tuning spec and in attune.yaml. */
  public static final String NAME = "local";

  /** The only base model. */
  public static final String BASE_MODEL = "linear-baseline";

  /** The only location. */
  public static final String LOCATION = "local";

  /** Time that {@link #close} waits for training to stop, which usually takes up to a second. */
  private static final long CLOSE_MILLIS = 10_000;

  private static final JobPlace HERE = new JobPlace(null, LOCATION);

  private final JobFolders jobs;
  private final InstantSource clock;
  private final Map<String, TrainingThread> trainings = new HashMap<>();
  private boolean closed;

  /**
   * Creates a back end.
   *
   * @param folder the folder beside the ledger, with the jobs in its folder {@code jobs}
   */
  public LocalBackEnd(Path folder, InstantSource clock) {
    this.jobs = new JobFolders(folder.toAbsolutePath().normalize().resolve("jobs"));
    this.clock = clock;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public StagedDataset stage(DatasetDirectory dataset) throws BackEndException {
    fit(dataset.path(), dataset.manifest());
    return new StagedDataset(dataset.train().toString(), dataset.valid().toString());
  }

  @Override
  public List<ListedJob> find(TuningSpec spec) throws BackEndException {
    TuningSpec here = spec.in(HERE);
    try {
      List<ListedJob> found = new ArrayList<>();
      for (String key : List.of(here.key(), here.formerKey())) {
        for (JobFolder folder : jobs.mayCarry(key)) {
          LocalJob job = folder.read();
          if (job.key().equals(key)) {
            Instant created = Instant.parse(job.times().created());
            found.add(new ListedJob(seen(folder, job), created, null, HERE));
          }
        }
      }
      return found;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * Queues a job, or returns a job of the key that has not failed. The key identifies the job, so
   * the ledger is not stored.
   */
  @Override
  public BackEndJob create(TuningSpec spec, StagedDataset staged, String ledger)
      throws BackEndException {
    Place train = Place.written(staged.training());
    Place dataset = Objects.requireNonNull(train.folder(), "the place of a file");
    DatasetManifest manifest = manifest(dataset);
    TrainingFile training = fit(dataset, manifest);
    if (!manifest.identity().fingerprint().equals(spec.dataset())) {
      throw BackEndException.refused(Messages.of("launcher.local.another-dataset", dataset), null);
    }
    String key = spec.key();
    try {
      JobFolder folder =
          jobs.create(
              key,
              name ->
                  LocalJob.queued(name, key, training, spec.hyperparameters(), clock.instant()));
      return seen(folder, folder.read());
    } catch (UnsafePathException e) {
      throw BackEndException.refused(e.getMessage(), e);
    } catch (IOException e) {
      throw BackEndException.refused(
          Messages.of("launcher.local.job-unwritable", jobs.path(), IoReason.of(e)), e);
    }
  }

  /** Returns the state of a job; trains it if no process does. */
  @Override
  public synchronized BackEndJob get(String name) throws BackEndException {
    JobFolder folder = existing(name);
    try {
      LocalJob job = folder.read();
      if (!job.state().isTerminal()) {
        TrainingThread own = trainings.get(name);
        IOException unwritten = own == null ? null : own.unwritten();
        if (unwritten != null) {
          throw unwritten;
        }
        if (own == null && !closed) {
          takeOver(folder);
        }
        job = folder.read();
      }
      return seen(folder, job);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Returns the progress of a job that this process trains. */
  @Override
  public synchronized Optional<String> progress(String name) {
    return Optional.ofNullable(trainings.get(name)).flatMap(TrainingThread::progress);
  }

  @Override
  public synchronized void cancel(String name) throws BackEndException {
    JobFolder folder = existing(name);
    try {
      if (folder.read().state().isTerminal()) {
        return;
      }
      folder.askCancel();
      try (LockFile lock = folder.tryLock()) {
        // The process that has the lock trains the job and sees the request.
        LocalJob job = folder.read();
        if (lock != null && !job.state().isTerminal()) {
          folder.write(job.cancelled(clock.instant()));
        }
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Stops training; the jobs stay as they are, for the next process. */
  @Override
  public synchronized void close() {
    closed = true;
    trainings.values().forEach(TrainingThread::abandon);
    trainings.values().forEach(training -> training.await(CLOSE_MILLIS));
  }

  /** Trains a job in this process, unless another process does, or the job has ended. */
  private void takeOver(JobFolder folder) throws IOException {
    LockFile lock = folder.tryLock();
    if (lock == null) {
      return;
    }
    boolean handedOver = false;
    try {
      LocalJob job = folder.read();
      if (job.state().isTerminal()) {
        return;
      }
      if (folder.isCancelAsked()) {
        folder.write(job.cancelled(clock.instant()));
        return;
      }
      LocalJob running = job.running(clock.instant());
      folder.write(running);
      trainings.put(running.name(), TrainingThread.start(folder, running, lock, clock));
      handedOver = true;
    } finally {
      if (!handedOver) {
        lock.close();
      }
    }
  }

  private JobFolder existing(String name) throws BackEndException {
    if (!jobs.holds(name)) {
      throw BackEndException.notFound(
          Messages.of("launcher.local.no-job", name, jobs.path()), null);
    }
    return jobs.folder(name);
  }

  private static BackEndJob seen(JobFolder folder, LocalJob job) {
    return job.seen(folder.path(), folder.isCancelAsked());
  }

  private static DatasetManifest manifest(Place dataset) throws BackEndException {
    try {
      return DatasetManifest.read(dataset.resolve("manifest.json").readAllBytes());
    } catch (IOException e) {
      throw BackEndException.refused(
          Messages.of("launcher.local.dataset-unreadable", IoReason.of(e)), e);
    } catch (ManifestException e) {
      throw BackEndException.refused(e.about(dataset + "/manifest.json"), e);
    }
  }

  private static TrainingFile fit(Place dataset, DatasetManifest manifest) throws BackEndException {
    try {
      return TrainingFile.of(dataset, manifest);
    } catch (UnusableDatasetException e) {
      throw BackEndException.refused(String.valueOf(e.getMessage()), e);
    }
  }

  private BackEndException unreadable(IOException e) {
    if (e instanceof UnsafePathException link) {
      return BackEndException.refused(link.getMessage(), e);
    }
    return BackEndException.uncertain(
        Messages.of("launcher.local.job-unreadable", jobs.path(), IoReason.of(e)), e);
  }
}
