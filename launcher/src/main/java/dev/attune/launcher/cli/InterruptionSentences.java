package dev.attune.launcher.cli;

import dev.attune.message.Messages;

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
    return switch (command) {
      case "demo", "run" -> Messages.of("launcher.interrupted.run");
      case "prepare" -> Messages.of("launcher.interrupted.prepare");
      case "tune" -> Messages.of("launcher.interrupted.tune");
      case "watch" -> Messages.of("launcher.interrupted.watch");
      case "cancel" -> Messages.of("launcher.interrupted.cancel");
      case "evaluate" -> Messages.of("launcher.interrupted.evaluate");
      case "promote", "decline", "rollback" -> Messages.of("launcher.interrupted.decision");
      case "cache create" -> Messages.of("launcher.interrupted.cache");
      case "cache delete" -> Messages.of("launcher.interrupted.cache-deleted");
      case "init" -> Messages.of("launcher.interrupted.init");
      default -> Messages.of("launcher.interrupted.other", command);
    };
  }
}
