package dev.attune.launcher.baseline;

import dev.attune.filesystem.AtomicFile;
import dev.attune.filesystem.FileMode;
import dev.attune.filesystem.LockFile;
import dev.attune.launcher.baseline.LocalJob.Trained;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * The training of one job, in a thread of this process that does not keep the process alive. It
 * holds the job's lock. Ends with the job SUCCEEDED, FAILED or, when somebody asked for that,
 * CANCELLED; after {@link #abandon} with the job as it is, for another process to go on with.
 */
final class Training {
  private final JobFolder folder;
  private final LocalJob job;
  private final LockFile lock;
  private final InstantSource clock;
  private final Thread thread;
  private volatile boolean abandoned;
  private volatile int epoch;
  private volatile @Nullable IOException unwritten;

  private Training(JobFolder folder, LocalJob job, LockFile lock, InstantSource clock) {
    this.folder = folder;
    this.job = job;
    this.lock = lock;
    this.clock = clock;
    this.thread = new Thread(this::run, "attune-trains-" + job.name());
  }

  /**
   * Starts to train.
   *
   * @param job of the folder, RUNNING
   * @param lock of the folder; closed when training has ended
   */
  static Training start(JobFolder folder, LocalJob job, LockFile lock, InstantSource clock) {
    Training training = new Training(folder, job, lock, clock);
    training.thread.setDaemon(true);
    training.thread.start();
    return training;
  }

  /**
   * Why the end of the training could not be written, or null where it was, or has not come. Before
   * it is known the thread may still be at work.
   */
  @Nullable IOException unwritten() {
    return unwritten;
  }

  /** How far it is, in a few words; nothing before the first epoch. */
  Optional<String> progress() {
    int now = epoch;
    return now == 0
        ? Optional.empty()
        : Optional.of("epoch " + now + " of " + job.hyperparameters().epochs());
  }

  /** Stops soon without an end of the job, so that another process may train it. */
  void abandon() {
    abandoned = true;
  }

  /**
   * Waits for the thread's end.
   *
   * @param millis at most
   */
  void await(long millis) {
    try {
      thread.join(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (lock) {
      // A task keeps whatever it ends with, errors such as a lack of memory included.
      FutureTask<Trained> task = new FutureTask<>(this::train);
      task.run();
      conclude(task);
    } catch (IOException e) {
      unwritten = e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Trained train() throws IOException, UnfitDatasetException {
    TrainingFile file = job.training();
    TrainingExamples examples =
        TrainingExamples.read(file, TrainingExamples.WORD_LIMIT, this::isStopped);
    LinearBaseline baseline =
        LinearBaseline.train(
            examples,
            new Categories(file.categories()),
            job.hyperparameters(),
            this::isStopped,
            now -> epoch = now);
    if (isStopped()) {
      throw new CancellationException("training was stopped");
    }
    Path model = folder.model();
    AtomicFile.replace(model, FileMode.PRIVATE, (AtomicFile.Content) baseline::save);
    return new Trained(FileHash.sha256(model), examples.examples().size(), examples.dropped());
  }

  private boolean isStopped() {
    return abandoned || folder.isCancelAsked();
  }

  private void conclude(FutureTask<Trained> task) throws IOException, InterruptedException {
    try {
      folder.write(job.succeeded(task.get(), clock.instant()));
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (!(cause instanceof CancellationException)) {
        folder.write(job.failed(sentence(cause), clock.instant()));
      } else if (!abandoned) {
        folder.write(job.cancelled(clock.instant()));
      }
    }
  }

  private String sentence(@Nullable Throwable cause) {
    if (cause instanceof UnfitDatasetException unfit) {
      return String.valueOf(unfit.getMessage());
    }
    if (cause instanceof OutOfMemoryError) {
      return "Java ran out of memory while it trained: tune it with --again and more, e.g."
          + " ATTUNE_JAVA_OPTS=-Xmx4g.";
    }
    if (cause instanceof IOException fault) {
      return "The dataset could not be read, or the model not be written to "
          + folder.path()
          + " ("
          + IoReason.of(fault)
          + "): mend that, and tune it with --again.";
    }
    return "Training ended by a fault of Attune ("
        + (cause == null ? "unknown" : cause.getClass().getName())
        + "): report it.";
  }
}
