package dev.attune.launcher.tuning;

/**
 * The state of a tuning job: two states that only the ledger knows, and those of Vertex AI's
 * JobState.
 */
public enum TuningJobState {
  /** The job is in the ledger; no create call was sent. */
  INTENDED,
  /** A create call may have been sent; the service's job is not known yet. */
  CREATING,
  QUEUED,
  PENDING,
  RUNNING,
  PAUSED,
  UPDATING,
  CANCELLING,
  /** A state that this version does not know; the job is treated as running. */
  UNKNOWN,
  SUCCEEDED,
  PARTIALLY_SUCCEEDED,
  FAILED,
  CANCELLED,
  EXPIRED;

  /** Returns whether the state is final. */
  public boolean isTerminal() {
    return hasModel() || hasFailed();
  }

  /** Returns whether the job has a model. */
  public boolean hasModel() {
    return this == SUCCEEDED || this == PARTIALLY_SUCCEEDED;
  }

  /** Returns whether the job ended without a model, so that {@code --again} may create another. */
  public boolean hasFailed() {
    return this == FAILED || this == CANCELLED || this == EXPIRED;
  }
}
