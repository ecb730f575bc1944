package dev.attune.launcher.console;

/**
 * The {@code code} of a failure in the documents of {@code --json}, each with its exit code;
 * docs/operations.md lists them.
 */
public enum FailureCode {
  /** Wrong usage. */
  USAGE(ExitCode.USAGE),
  /** attune.yaml, or a file that it names, is missing or wrong. */
  CONFIGURATION(ExitCode.REFUSED),
  /** A source cannot be read, or no dataset can be made of its records. */
  SOURCE(ExitCode.REFUSED),
  /** A dataset or file of examples is missing, damaged or unsuitable. */
  DATASET(ExitCode.REFUSED),
  /** The estimate is above the cost cap, or tuning is refused before anything is paid. */
  COST(ExitCode.REFUSED),
  /** A model did not pass the gate. */
  GATE(ExitCode.REFUSED),
  /** A model or job does not exist or is in the wrong state. */
  MODEL(ExitCode.REFUSED),
  /** The answer of a model is blocked, refused, cut off or empty, or breaks its JSON Schema. */
  ANSWER(ExitCode.REFUSED),
  /** The ledger cannot be opened or used, or another command has the turn in it. */
  LEDGER(ExitCode.REFUSED),
  /** The tuning service, or the storage it reads from, refuses. */
  BACK_END(ExitCode.REFUSED),
  /** A file or folder of this machine or of a bucket cannot be read or written. */
  FILE(ExitCode.REFUSED),
  /** The tuning job failed, expired or was cancelled. */
  TUNING_FAILED(ExitCode.TUNING_FAILED),
  /** A deadline passed. */
  DEADLINE(ExitCode.DEADLINE_PASSED),
  /** A model, a cluster or the ledger is unavailable. */
  UNAVAILABLE(ExitCode.INTERNAL_ERROR),
  /** Memory or disk of this machine is full. */
  MACHINE(ExitCode.INTERNAL_ERROR),
  /** Internal error. */
  INTERNAL(ExitCode.INTERNAL_ERROR),
  /** A signal ended the command; the exit code is 128 plus the number of the signal. */
  INTERRUPTED(ExitCode.INTERRUPTED);

  private final ExitCode exit;

  FailureCode(ExitCode exit) {
    this.exit = exit;
  }

  public ExitCode exit() {
    return exit;
  }
}
