package dev.attune.launcher.console.keyboard;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Work that Ctrl-C stops without ending the process, such as an answer in a chat. While it is open,
 * the first SIGINT stops the work; the next one ends the process as usual. One at a time, global to
 * the process.
 */
public final class InterruptibleWork implements AutoCloseable {
  private static final AtomicReference<@Nullable InterruptibleWork> OPEN = new AtomicReference<>();

  private final Runnable stop;
  private final AtomicBoolean stopped = new AtomicBoolean();

  private InterruptibleWork(Runnable stop) {
    this.stop = stop;
  }

  /**
   * Opens work.
   *
   * @param stop called in the thread of the signal; must not block
   */
  public static InterruptibleWork open(Runnable stop) {
    InterruptibleWork work = new InterruptibleWork(stop);
    OPEN.set(work);
    return work;
  }

  /** Stops the open work; returns false if there is none, or if it was stopped already. */
  public static boolean stopOpen() {
    InterruptibleWork work = OPEN.get();
    if (work == null || !work.stopped.compareAndSet(false, true)) {
      return false;
    }
    work.stop.run();
    return true;
  }

  @Override
  public void close() {
    OPEN.compareAndSet(this, null);
  }
}
