package dev.attune.pipeline.run.dataflow;

import java.util.function.Consumer;

/** Points of a launch at which the process may be killed; for tests. */
public enum LaunchPoint {
  /** The active jobs were listed for the first time. */
  LISTED,
  /** The lock of the run is held. */
  LOCKED,
  /** The active jobs were listed again. */
  LISTED_AGAIN,
  /** The pipeline is built. */
  BUILT,
  /** What workers need is in the bucket. */
  STAGED,
  /** The call that creates the job is made next. */
  NOT_CREATED,
  /** The service has created the job, and the launcher knows nothing of it yet. */
  CREATED,
  /** The job is known. */
  KNOWN,
  /** The job was polled. */
  POLLED,
  /** The job has ended, and its outcome was not read. */
  ENDED;

  private static volatile Consumer<LaunchPoint> hook = point -> {};

  /** Calls the hook. */
  public void reached() {
    hook.accept(this);
  }

  static void hook(Consumer<LaunchPoint> next) {
    hook = next;
  }
}
