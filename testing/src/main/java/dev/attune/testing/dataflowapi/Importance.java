package dev.attune.testing.dataflowapi;

/** The importance of a message of a Dataflow job, from the least to the greatest. */
public enum Importance {
  DEBUG,
  DETAILED,
  BASIC,
  WARNING,
  ERROR;

  /** Returns the name that the service uses. */
  public String wire() {
    return "JOB_MESSAGE_" + name();
  }
}
