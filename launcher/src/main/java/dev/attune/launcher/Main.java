package dev.attune.launcher;

import dev.attune.launcher.check.CheckCommand;
import dev.attune.launcher.console.ExitCode;
import dev.attune.launcher.console.FailureReport;
import dev.attune.launcher.console.Logging;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.Preparation;
import dev.attune.launcher.demo.DemoCommand;
import dev.attune.launcher.estimate.EstimateCommand;
import dev.attune.launcher.evaluate.EvaluateCommand;
import dev.attune.launcher.evaluation.Patience;
import dev.attune.launcher.init.InitCommand;
import dev.attune.launcher.prepare.PrepareCommand;
import dev.attune.launcher.promote.DeclineCommand;
import dev.attune.launcher.promote.ModelsCommand;
import dev.attune.launcher.promote.PromoteCommand;
import dev.attune.launcher.promote.RollbackCommand;
import dev.attune.launcher.run.RunCommand;
import dev.attune.launcher.run.Tools;
import dev.attune.launcher.tune.CancelCommand;
import dev.attune.launcher.tune.JobsCommand;
import dev.attune.launcher.tune.Pause;
import dev.attune.launcher.tune.TuneCommand;
import dev.attune.launcher.tune.WatchCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** Where the process starts: builds the command line, runs one command, ends with its exit code. */
public final class Main {
  private Main() {}

  /** Called by the script {@code ./attune}, which sets the system properties attune.*. */
  public static void main(String[] args) {
    // H2 reads it when its first class loads: the ledger is shared with processes here alone.
    System.setProperty("h2.bindAddress", "127.0.0.1");
    Shell shell = shellOfThisProcess();
    // Whatever a library prints by itself must not get between the results.
    System.setOut(shell.err());
    System.setErr(shell.err());
    Logging.toStderr(shell.err());
    boolean stacktrace = List.of(args).contains("--stacktrace");
    // picocli passes errors (no memory, a broken class path) on: they end with a sentence, too.
    Thread.currentThread()
        .setUncaughtExceptionHandler(
            (thread, failure) ->
                Runtime.getRuntime()
                    .halt(new FailureReport(shell.err()).report(failure, stacktrace)));
    Path home = Path.of(System.getProperty("attune.home", ""));
    System.exit(commandLine(shell, new Preparation(shell), home.toAbsolutePath()).execute(args));
  }

  /** All commands. */
  static CommandLine commandLine(Shell shell, Preparation preparation, Path home) {
    FailureReport failures = new FailureReport(shell.err());
    Adapters adapters = new Adapters(shell);
    Tools tools = new Tools(preparation, adapters::backEnd, adapters::models, Pause.SLEEP);
    CommandLine attune =
        new CommandLine(new AttuneCommand())
            .addSubcommand(new DemoCommand(shell, tools, home))
            .addSubcommand(new InitCommand(shell))
            .addSubcommand(new PrepareCommand(shell, preparation))
            .addSubcommand(new CheckCommand(shell))
            .addSubcommand(new EstimateCommand(shell, adapters::tokenCounter, adapters::models))
            .addSubcommand(new TuneCommand(shell, adapters::backEnd, adapters::models, Pause.SLEEP))
            .addSubcommand(new WatchCommand(shell, adapters::backEnd, Pause.SLEEP))
            .addSubcommand(new JobsCommand(shell))
            .addSubcommand(new CancelCommand(shell, adapters::backEnd, Pause.SLEEP))
            .addSubcommand(new EvaluateCommand(shell, adapters::models, Patience.USUAL))
            .addSubcommand(new RunCommand(shell, tools))
            .addSubcommand(new PromoteCommand(shell))
            .addSubcommand(new DeclineCommand(shell))
            .addSubcommand(new RollbackCommand(shell))
            .addSubcommand(new ModelsCommand(shell));
    attune
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures)
        .setUsageHelpAutoWidth(false)
        .setOut(new PrintWriter(shell.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(shell.err(), true, StandardCharsets.UTF_8));
    showExitCodes(attune);
    attune.getSubcommands().values().forEach(Main::showExitCodes);
    return attune;
  }

  /** Text goes out as UTF-8 whatever the locale is. */
  private static Shell shellOfThisProcess() {
    return new Shell(
        stream(FileDescriptor.out),
        stream(FileDescriptor.err),
        Boolean.getBoolean("attune.terminal"),
        Path.of("").toAbsolutePath(),
        System.getenv(),
        InstantSource.system());
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  private static void showExitCodes(CommandLine command) {
    Map<String, String> codes = ExitCode.table();
    command
        .getCommandSpec()
        .usageMessage()
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(codes);
  }
}
