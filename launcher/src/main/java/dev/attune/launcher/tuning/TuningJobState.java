package dev.attune.launcher.tuning;

/**
 * Where a tuning job is. The names are those of Vertex AI's JobState, before them the two that only
 * the ledger knows.
 */
public enum TuningJobState {
  /** Entered in the ledger; no call to create it has left this machine. */
  INTENDED,
  /** A call to create it may have left, and no job of the service is known yet. */
  CREATING,
  QUEUED,
  PENDING,
  RUNNING,
  PAUSED,
  UPDATING,
  CANCELLING,
  /** The service names a state that is not known here: it goes on. */
  UNKNOWN,
  SUCCEEDED,
  PARTIALLY_SUCCEEDED,
  FAILED,
  CANCELLED,
  EXPIRED;

  /** Whether nothing more will happen. */
  public boolean isTerminal() {
    return hasModel() || hasFailed();
  }

  /** Whether there is a model. */
  public boolean hasModel() {
    return this == SUCCEEDED || this == PARTIALLY_SUCCEEDED;
  }

  /** Whether it ended without a model, so that another may be created when somebody asks for it. */
  public boolean hasFailed() {
    return this == FAILED || this == CANCELLED || this == EXPIRED;
  }
}
