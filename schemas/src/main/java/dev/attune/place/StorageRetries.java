package dev.attune.place;

import com.google.api.gax.retrying.ResultRetryAlgorithm;
import com.google.api.gax.retrying.TimedAttemptSettings;
import com.google.cloud.storage.StorageRetryStrategy;
import dev.attune.message.Messages;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Repeats the calls that the client library would repeat, and tells once when Cloud Storage has not
 * answered for some seconds. The next answer ends that.
 */
final class StorageRetries implements StorageRetryStrategy {
  private static final long serialVersionUID = 1;
  private static final StorageRetryStrategy LIBRARY =
      StorageRetryStrategy.getDefaultStorageRetryStrategy();

  /** The line comes after this part of the time in which calls are repeated: some three seconds. */
  private static final int TOLD_AFTER = 16;

  private final transient Consumer<String> told;
  private transient @Nullable Long silentSince;
  private transient boolean isTold;

  /**
   * Creates a strategy.
   *
   * @param told gets the sentence, from any thread
   */
  StorageRetries(Consumer<String> told) {
    this.told = told;
  }

  @Override
  public ResultRetryAlgorithm<?> getIdempotentHandler() {
    return new Watched<>(LIBRARY.getIdempotentHandler());
  }

  @Override
  public ResultRetryAlgorithm<?> getNonidempotentHandler() {
    return new Watched<>(LIBRARY.getNonidempotentHandler());
  }

  /** Decides as the client library does, and looks at what it decides. */
  private final class Watched<T> implements ResultRetryAlgorithm<T> {
    private final ResultRetryAlgorithm<T> library;

    private Watched(ResultRetryAlgorithm<T> library) {
      this.library = library;
    }

    @Override
    public TimedAttemptSettings createNextAttempt(
        Throwable failure, T response, TimedAttemptSettings settings) {
      return library.createNextAttempt(failure, response, settings);
    }

    @Override
    public boolean shouldRetry(@Nullable Throwable failure, T response) {
      boolean repeated = library.shouldRetry(failure, response);
      if (repeated && failure != null) {
        failed(failure);
      } else {
        answered();
      }
      return repeated;
    }
  }

  private synchronized void answered() {
    silentSince = null;
    isTold = false;
  }

  private synchronized void failed(Throwable failure) {
    long now = System.nanoTime();
    Long since = silentSince;
    if (since == null) {
      silentSince = now;
      return;
    }
    Duration patience = StorageClient.patience();
    Duration silent = Duration.ofNanos(now - since);
    if (!isTold && silent.compareTo(patience.dividedBy(TOLD_AFTER)) >= 0) {
      isTold = true;
      long left = Math.max(1, patience.minus(silent).toSeconds());
      told.accept(
          Messages.of(
              "schemas.place.repeated",
              StorageClient.address(),
              ConnectionFault.cause(failure),
              left));
    }
  }
}
