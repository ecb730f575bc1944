package dev.attune.launcher;

import dev.attune.launcher.cli.CommandTree;
import dev.attune.launcher.console.ExitOnSignal;
import dev.attune.launcher.console.FailureReport;
import dev.attune.launcher.console.Logging;
import dev.attune.launcher.console.ProcessStream;
import dev.attune.launcher.console.ResultOutput;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.DatasetPreparation;
import java.io.FileDescriptor;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import picocli.CommandLine;

/** Entry point: handles signals, runs one command and exits with its exit code. */
public final class Main {
  private Main() {}

  /** Called by the script {@code ./attune}, which sets the system properties attune.*. */
  public static void main(String[] args) throws InterruptedException {
    ProcessStream out = ProcessStream.of(FileDescriptor.out);
    ProcessStream err = ProcessStream.of(FileDescriptor.err);
    // First of all: from here on a signal ends the process with a sentence.
    ExitOnSignal signals = ExitOnSignal.watch(out, err, args);
    int exit = run(args, out, err, signals);
    if (signals.mayEnd()) {
      System.exit(exit);
    }
    Thread.currentThread().join(); // until the signal's thread has ended the process
  }

  private static int run(
      String[] args, ProcessStream out, ProcessStream err, ExitOnSignal signals) {
    // H2 reads it when its first class loads: the ledger is shared with processes here alone.
    System.setProperty("h2.bindAddress", "127.0.0.1");
    Shell shell = shellOf(out, err);
    // Whatever a library prints by itself must not get between the results.
    System.setOut(shell.err());
    System.setErr(shell.err());
    Logging.toStderr(shell.err());
    endOnErrors(args, shell, signals);
    Path home = Path.of(System.getProperty("attune.home", ""));
    int exit =
        commandLine(shell, new DatasetPreparation(shell), home.toAbsolutePath()).execute(args);
    String fault = out.fault();
    if (exit == 0 && fault != null) {
      shell.err().println(FailureReport.unprinted(fault));
      return 1;
    }
    return exit;
  }

  /** picocli passes errors (no memory, a broken class path) on: they end with a sentence, too. */
  private static void endOnErrors(String[] args, Shell shell, ExitOnSignal signals) {
    boolean stacktrace = List.of(args).contains("--stacktrace");
    FailureReport report = new FailureReport(shell.err(), new ResultOutput(shell.out()));
    Thread.currentThread()
        .setUncaughtExceptionHandler(
            (thread, failure) -> {
              int exit = report.report(failure, stacktrace, FailureReport.isJsonAsked(args));
              if (signals.mayEnd()) {
                Runtime.getRuntime().halt(exit);
              }
            });
  }

  /** All commands. */
  static CommandLine commandLine(Shell shell, DatasetPreparation preparation, Path home) {
    return CommandTree.of(shell, preparation, home);
  }

  /** Text goes out as UTF-8 whatever the locale is. */
  private static Shell shellOf(ProcessStream out, ProcessStream err) {
    return new Shell(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        Boolean.getBoolean("attune.terminal"),
        Path.of("").toAbsolutePath(),
        System.getenv(),
        InstantSource.system());
  }
}
