package dev.attune.runner.step;

import java.util.concurrent.CancellationException;

/** Tells running bundles to end, because the run was cancelled or has failed. */
public final class StopSignal {
  private volatile boolean stopped;

  /** Stops all bundles at their next element. */
  public void stop() {
    stopped = true;
  }

  /** Whether the run was stopped. */
  public boolean isStopped() {
    return stopped;
  }

  /** Throws a {@link CancellationException} if the run was stopped. */
  public void check() {
    if (stopped) {
      throw new CancellationException("The run was stopped.");
    }
  }
}
