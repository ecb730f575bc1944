package dev.attune.launcher.cli;

import dev.attune.launcher.cli.decision.DeclineCommand;
import dev.attune.launcher.cli.decision.ModelsCommand;
import dev.attune.launcher.cli.decision.PromoteCommand;
import dev.attune.launcher.cli.decision.RollbackCommand;
import dev.attune.launcher.cli.jobs.CancelCommand;
import dev.attune.launcher.cli.jobs.JobsCommand;
import dev.attune.launcher.cli.jobs.TuneCommand;
import dev.attune.launcher.cli.jobs.WatchCommand;
import dev.attune.launcher.cli.talk.AmountConverter;
import dev.attune.launcher.cli.talk.AskCommand;
import dev.attune.launcher.cli.talk.CacheCommand;
import dev.attune.launcher.cli.talk.CacheCreateCommand;
import dev.attune.launcher.cli.talk.CacheDeleteCommand;
import dev.attune.launcher.cli.talk.CacheListCommand;
import dev.attune.launcher.cli.talk.ChatCommand;
import dev.attune.launcher.cli.template.TemplateCommand;
import dev.attune.launcher.console.ConsoleCommand;
import dev.attune.launcher.console.ExitCode;
import dev.attune.launcher.console.FailureReport;
import dev.attune.launcher.console.ResultOutput;
import dev.attune.launcher.console.ResumeHint;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.console.keyboard.TypedInput;
import dev.attune.launcher.console.progress.Progress;
import dev.attune.launcher.dataset.DatasetPreparation;
import dev.attune.launcher.evaluation.question.RetryLimits;
import dev.attune.launcher.loop.LoopServices;
import dev.attune.launcher.session.ModelSession;
import dev.attune.launcher.tuning.status.Sleeper;
import dev.attune.message.Messages;
import dev.attune.place.Place;
import dev.attune.place.StorageClient;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** Creates the picocli command line with all commands. */
public final class CommandTree {
  private CommandTree() {}

  /** Builds it. */
  public static CommandLine of(Shell whole, DatasetPreparation preparation, Path home) {
    StorageClient.configure(whole.environment());
    StorageClient.tellOfRepetitions(sentence -> Progress.sayAbove(whole, sentence));
    ResultOutput results = new ResultOutput(whole.out());
    Shell shell = whole.withOut(new PrintStream(results, true, StandardCharsets.UTF_8));
    FailureReport failures = new FailureReport(shell.err(), results);
    TypedInput typed = TypedInput.ofProcess();
    Adapters adapters = new Adapters(shell);
    LoopServices tools =
        new LoopServices(
            preparation,
            adapters::backEnd,
            adapters::models,
            ModelSession::open,
            Sleeper.THREAD_SLEEP);
    CommandLine attune =
        new CommandLine(new AttuneCommand())
            .addSubcommand(new DemoCommand(shell, tools, home))
            .addSubcommand(new InitCommand(shell, home))
            .addSubcommand(new PrepareCommand(shell, preparation))
            .addSubcommand(new ImproveCommand(shell, Sleeper.THREAD_SLEEP))
            .addSubcommand(new CheckCommand(shell))
            .addSubcommand(new EstimateCommand(shell, adapters::tokenCounter, adapters::models))
            .addSubcommand(
                new TuneCommand(shell, adapters::backEnd, adapters::models, Sleeper.THREAD_SLEEP))
            .addSubcommand(new WatchCommand(shell, adapters::backEnd, Sleeper.THREAD_SLEEP))
            .addSubcommand(new JobsCommand(shell))
            .addSubcommand(new CancelCommand(shell, adapters::backEnd, Sleeper.THREAD_SLEEP))
            .addSubcommand(
                new EvaluateCommand(
                    shell, adapters::models, ModelSession::open, RetryLimits.DEFAULT))
            .addSubcommand(new RunCommand(shell, tools))
            .addSubcommand(new AskCommand(shell, typed, ModelSession::open))
            .addSubcommand(
                new ChatCommand(shell, typed, ChatCommand.chatsOfUser(), ModelSession::open))
            .addSubcommand(cache(shell))
            .addSubcommand(new PromoteCommand(shell))
            .addSubcommand(new DeclineCommand(shell))
            .addSubcommand(new RollbackCommand(shell))
            .addSubcommand(new ModelsCommand(shell))
            .addSubcommand(new TemplateCommand(shell));
    attune
        .registerConverter(Place.class, new PlaceConverter(shell))
        .registerConverter(BigDecimal.class, new AmountConverter())
        .setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionStrategy(parsed -> execute(parsed, results))
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures)
        .setUsageHelpAutoWidth(false)
        .setOut(new PrintWriter(shell.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(shell.err(), true, StandardCharsets.UTF_8));
    showExitCodes(attune);
    return attune;
  }

  private static CommandLine cache(Shell shell) {
    return new CommandLine(new CacheCommand())
        .addSubcommand(new CacheCreateCommand(shell, ModelSession::open))
        .addSubcommand(new CacheListCommand(shell, ModelSession::open))
        .addSubcommand(new CacheDeleteCommand(shell, ModelSession::open));
  }

  /** Runs the parsed command; with {@code --json} its document is printed at the end. */
  private static int execute(ParseResult parsed, ResultOutput results) {
    ParseResult own = parsed;
    while (own.hasSubcommand()) {
      own = own.subcommand();
    }
    if (own.hasMatchedOption(ConsoleCommand.JSON)) {
      results.hold();
    }
    String name = own.commandSpec().qualifiedName().replaceFirst("^attune ", "");
    ResumeHint.otherwise(() -> InterruptionSentences.during(name));
    try {
      int exit = new RunLast().execute(parsed);
      results.release();
      return exit;
    } finally {
      ResumeHint.otherwise(() -> Messages.of("launcher.interrupted.after", name));
    }
  }

  private static void showExitCodes(CommandLine command) {
    Map<String, String> codes = ExitCode.table();
    command
        .getCommandSpec()
        .usageMessage()
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(codes);
    command.getSubcommands().values().forEach(CommandTree::showExitCodes);
  }
}
