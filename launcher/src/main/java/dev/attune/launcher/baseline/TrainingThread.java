package dev.attune.launcher.baseline;

import dev.attune.bytes.Sha256;
import dev.attune.filesystem.AtomicFile;
import dev.attune.filesystem.FileMode;
import dev.attune.filesystem.LockFile;
import dev.attune.launcher.baseline.LocalJob.Trained;
import dev.attune.message.Messages;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * The training of one job in a daemon thread, which has the job's lock. It ends with the job
 * SUCCEEDED, FAILED or, if that was requested, CANCELLED. After {@link #abandon} the job stays as
 * it is, so that another process can train it.
 */
final class TrainingThread {
  private final JobFolder folder;
  private final LocalJob job;
  private final LockFile lock;
  private final InstantSource clock;
  private final Thread thread;
  private volatile boolean abandoned;
  private volatile int epoch;
  private volatile @Nullable IOException unwritten;

  private TrainingThread(JobFolder folder, LocalJob job, LockFile lock, InstantSource clock) {
    this.folder = folder;
    this.job = job;
    this.lock = lock;
    this.clock = clock;
    this.thread = new Thread(this::run, "attune-trains-" + job.name());
  }

  /**
   * Starts the training.
   *
   * @param job the job of the folder, RUNNING
   * @param lock the lock of the folder; closed when training has ended
   */
  static TrainingThread start(JobFolder folder, LocalJob job, LockFile lock, InstantSource clock) {
    TrainingThread training = new TrainingThread(folder, job, lock, clock);
    training.thread.setDaemon(true);
    training.thread.start();
    return training;
  }

  /**
   * Returns why the end of the training could not be written, or null. The thread may still run.
   */
  @Nullable IOException unwritten() {
    return unwritten;
  }

  /** Returns the progress in a few words; empty before the first epoch. */
  Optional<String> progress() {
    int now = epoch;
    return now == 0
        ? Optional.empty()
        : Optional.of("epoch " + now + " of " + job.hyperparameters().epochs());
  }

  /** Stops the training and leaves the job as it is, so that another process can train it. */
  void abandon() {
    abandoned = true;
  }

  /**
   * Waits for the end of the thread.
   *
   * @param millis the longest time
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
      // A task catches every error, such as a lack of memory.
      FutureTask<Trained> task = new FutureTask<>(this::train);
      task.run();
      conclude(task);
    } catch (IOException e) {
      unwritten = e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Trained train() throws IOException, UnusableDatasetException {
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
    return new Trained(Sha256.hex(model), examples.examples().size(), examples.dropped());
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
    if (cause instanceof UnusableDatasetException unfit) {
      return String.valueOf(unfit.getMessage());
    }
    if (cause instanceof OutOfMemoryError) {
      return Messages.of("launcher.local.out-of-memory");
    }
    if (cause instanceof IOException fault) {
      return Messages.of("launcher.local.training-io", folder.path(), IoReason.of(fault));
    }
    return Messages.of(
        "launcher.local.training-fault", cause == null ? "unknown" : cause.getClass().getName());
  }
}
