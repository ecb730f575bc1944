package dev.attune.testing.dataflowapi;

/** The states of a Dataflow job that the stub knows. */
public enum JobState {
  QUEUED(false),
  PENDING(false),
  RUNNING(false),
  CANCELLING(false),
  DONE(true),
  FAILED(true),
  CANCELLED(true);

  private final boolean ended;

  JobState(boolean ended) {
    this.ended = ended;
  }

  /** Returns whether a job never leaves this state. */
  public boolean isEnded() {
    return ended;
  }

  /** Returns the name that the service uses. */
  public String wire() {
    return "JOB_STATE_" + name();
  }
}
