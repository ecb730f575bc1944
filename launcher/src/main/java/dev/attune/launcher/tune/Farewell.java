package dev.attune.launcher.tune;

import dev.attune.launcher.console.Shell;

/** Where a command is interrupted, its last line says how to go on. */
final class Farewell implements AutoCloseable {
  private final Thread hook;

  private Farewell(Thread hook) {
    this.hook = hook;
  }

  static Farewell of(Shell shell, String job) {
    Thread hook =
        new Thread(
            () -> shell.err().println("\nInterrupted: attune watch " + job + " goes on from here."),
            "farewell");
    Runtime.getRuntime().addShutdownHook(hook);
    return new Farewell(hook);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending, and the hook has been told.
      return;
    }
  }
}
