package dev.attune.launcher.baseline;

import dev.attune.filesystem.LockFile;
import dev.attune.filesystem.UnsafePathException;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.tuning.BackEndException;
import dev.attune.launcher.tuning.BackEndException.Kind;
import dev.attune.launcher.tuning.BackEndJob;
import dev.attune.launcher.tuning.JobPlace;
import dev.attune.launcher.tuning.ListedJob;
import dev.attune.launcher.tuning.TuningBackEnd;
import dev.attune.launcher.tuning.TuningSpec;
import dev.attune.schema.DatasetManifest;
import dev.attune.schema.ManifestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tunes on this machine: trains the linear baseline. A job is a folder; {@link #create} queues it,
 * and the process that asks for it by {@link #get} while nobody trains it does so, in a thread. A
 * job whose trainer was killed is trained anew by the next process that asks. Nothing is copied:
 * the dataset must stay where it is until the job has ended.
 */
public final class LocalBackEnd implements TuningBackEnd {
  /** Its name in a tuning spec and in attune.yaml. */
  public static final String NAME = "local";

  /** The only thing that it tunes. */
  public static final String BASE_MODEL = "linear-baseline";

  /** Where it tunes. */
  public static final String LOCATION = "local";

  /** How long {@link #close} waits for training to stop, which takes a second at most, mostly. */
  private static final long CLOSE_MILLIS = 10_000;

  private static final JobPlace HERE = new JobPlace(null, LOCATION);

  private final JobFolders jobs;
  private final InstantSource clock;
  private final Map<String, Training> trainings = new HashMap<>();
  private boolean closed;

  /**
   * A back end.
   *
   * @param folder beside the ledger; jobs stand in its folder {@code jobs}, which the first one
   *     makes
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
  public Staged stage(DatasetDirectory dataset) throws BackEndException {
    fit(dataset.path(), dataset.manifest());
    return new Staged(dataset.train().toString(), dataset.valid().toString());
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
   * Queues a job; where one with this key may still give a model, that is the job. So the key is
   * enough, and no ledger is noted.
   */
  @Override
  public BackEndJob create(TuningSpec spec, Staged staged, String ledger) throws BackEndException {
    Path train = Path.of(staged.training()).toAbsolutePath().normalize();
    Path dataset = Objects.requireNonNull(train.getParent(), "an absolute path of a file");
    DatasetManifest manifest = manifest(dataset);
    TrainingFile training = fit(dataset, manifest);
    if (!manifest.identity().fingerprint().equals(spec.dataset())) {
      throw refused(dataset + " holds another dataset than before: tune that one.", null);
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
      throw refused(e.getMessage(), e);
    } catch (IOException e) {
      throw refused(
          "The job cannot be written to "
              + jobs.path()
              + " ("
              + IoReason.of(e)
              + "): mend that, and tune again.",
          e);
    }
  }

  /** How a job is now; trains it where nobody does. */
  @Override
  public synchronized BackEndJob get(String name) throws BackEndException {
    JobFolder folder = existing(name);
    try {
      LocalJob job = folder.read();
      if (!job.state().isTerminal()) {
        Training own = trainings.get(name);
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

  /** Of a job that this process trains. */
  @Override
  public synchronized Optional<String> progress(String name) {
    return Optional.ofNullable(trainings.get(name)).flatMap(Training::progress);
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
        // Somebody who holds it trains, and sees the wish.
        LocalJob job = folder.read();
        if (lock != null && !job.state().isTerminal()) {
          folder.write(job.cancelled(clock.instant()));
        }
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Stops training; the jobs stay as they are, for whoever asks for them next. */
  @Override
  public synchronized void close() {
    closed = true;
    trainings.values().forEach(Training::abandon);
    trainings.values().forEach(training -> training.await(CLOSE_MILLIS));
  }

  /** Trains a job in this process, unless somebody else does, or it has come to an end. */
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
      trainings.put(running.name(), Training.start(folder, running, lock, clock));
      handedOver = true;
    } finally {
      if (!handedOver) {
        lock.close();
      }
    }
  }

  private JobFolder existing(String name) throws BackEndException {
    if (!jobs.holds(name)) {
      throw new BackEndException(
          Kind.NOT_FOUND,
          "There is no job "
              + name
              + " in "
              + jobs.path()
              + ": attune jobs lists them; if the folder was moved, move it back.",
          null);
    }
    return jobs.folder(name);
  }

  private static BackEndJob seen(JobFolder folder, LocalJob job) {
    return job.seen(folder.path(), folder.isCancelAsked());
  }

  private static DatasetManifest manifest(Path dataset) throws BackEndException {
    try {
      return DatasetManifest.read(Files.readAllBytes(dataset.resolve("manifest.json")));
    } catch (IOException e) {
      throw refused(
          "The dataset cannot be read (" + IoReason.of(e) + "): put it back, or prepare it anew.",
          e);
    } catch (ManifestException e) {
      throw refused(e.about(dataset + "/manifest.json"), e);
    }
  }

  private static TrainingFile fit(Path dataset, DatasetManifest manifest) throws BackEndException {
    try {
      return TrainingFile.of(dataset, manifest);
    } catch (UnfitDatasetException e) {
      throw refused(String.valueOf(e.getMessage()), e);
    }
  }

  private static BackEndException refused(String sentence, @Nullable Throwable cause) {
    return new BackEndException(Kind.REFUSED, sentence, cause);
  }

  private BackEndException unreadable(IOException e) {
    if (e instanceof UnsafePathException link) {
      return refused(link.getMessage(), e);
    }
    return new BackEndException(
        Kind.UNCERTAIN,
        "A job in "
            + jobs.path()
            + " cannot be read or written ("
            + IoReason.of(e)
            + "): mend that",
        e);
  }
}
