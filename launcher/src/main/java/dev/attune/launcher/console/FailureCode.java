package dev.attune.launcher.console;

/**
 * What a failure is about, for programs: the {@code code} of the document that {@code --json}
 * prints. Each code belongs to one exit code; docs/operations.md lists them.
 */
public enum FailureCode {
  /** What was typed. */
  USAGE(ExitCode.USAGE),
  /** attune.yaml, or a file that it names, is missing or wrong. */
  CONFIGURATION(ExitCode.REFUSED),
  /** A source cannot be read, or its records do not make a dataset. */
  SOURCE(ExitCode.REFUSED),
  /** A dataset or a file of examples is missing, damaged, or not fit for what was asked. */
  DATASET(ExitCode.REFUSED),
  /** The estimate is above the cost cap, or tuning is refused before anything is paid. */
  COST(ExitCode.REFUSED),
  /** A model did not pass the gate. */
  GATE(ExitCode.REFUSED),
  /** There is no such model or job, or it is not in a state for what was asked. */
  MODEL(ExitCode.REFUSED),
  /** The ledger cannot be opened or used. */
  LEDGER(ExitCode.REFUSED),
  /** The tuning service, or the storage it reads from, refuses. */
  BACK_END(ExitCode.REFUSED),
  /** A file or folder of this machine cannot be read or written. */
  FILE(ExitCode.REFUSED),
  /** The tuning job failed, expired or was cancelled. */
  TUNING_FAILED(ExitCode.TUNING_FAILED),
  /** A deadline passed. */
  DEADLINE(ExitCode.DEADLINE_PASSED),
  /** A model, a cluster or the ledger was lost or does not answer. */
  UNAVAILABLE(ExitCode.INTERNAL_ERROR),
  /** The memory or the disk of this machine is full. */
  MACHINE(ExitCode.INTERNAL_ERROR),
  /** A fault of Attune. */
  INTERNAL(ExitCode.INTERNAL_ERROR),
  /** A signal ended the command. The exit code is 128 and the signal's number. */
  INTERRUPTED(ExitCode.INTERRUPTED);

  private final ExitCode exit;

  FailureCode(ExitCode exit) {
    this.exit = exit;
  }

  /** What the process ends with. */
  public ExitCode exit() {
    return exit;
  }
}
