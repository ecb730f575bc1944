package dev.attune.launcher.ask.tool;

/**
 * What came of a call.
 *
 * @param result what the model is told
 */
record ToolOutcome(Kind kind, String result) {
  /** How a call ended. */
  enum Kind {
    /** The command ended with exit code 0. */
    DONE,
    /** The command could not be started, or ended with another exit code. */
    FAILED,
    /** The command was killed at its deadline. */
    DEADLINE,
    /** The user did not allow the call. */
    DECLINED,
    /** There is no such tool, or the arguments do not fit. */
    INVALID
  }
}
