package dev.attune.launcher.cli;

/**
 * What a command's last line says when a signal ends it and it has nothing better to say at that
 * moment.
 */
final class InterruptionSentences {
  private InterruptionSentences() {}

  /**
   * The sentence while the command works.
   *
   * @param command as it is typed
   */
  static String during(String command) {
    return "Interrupted: "
        + switch (command) {
          case "demo", "run" ->
              "nothing new was published or submitted. Run the same command again; it continues"
                  + " after the steps that the ledger shows as done.";
          case "prepare" -> "nothing was published. Run the same command again.";
          case "tune" -> "no new tuning job was submitted. Run the same command again.";
          case "watch" -> "the tuning jobs are as they were. Run attune watch again to continue.";
          case "cancel" ->
              "the cancellation of the job may have been requested. attune jobs shows its state.";
          case "evaluate" ->
              "the answers received so far are kept. The same command asks only for the missing"
                  + " ones.";
          case "promote", "decline", "rollback" ->
              "the decision may have been stored. attune models shows it; run the same command"
                  + " again if it was not.";
          case "init" ->
              "some of the files may be missing. Remove those that were written and run the same"
                  + " command again.";
          default -> "attune " + command + " changes nothing. Run the same command again.";
        };
  }

  /** The sentence when the command has done what it does and the process has not ended yet. */
  static String after(String command) {
    return "Interrupted after attune " + command + " had ended: its result is kept.";
  }
}
