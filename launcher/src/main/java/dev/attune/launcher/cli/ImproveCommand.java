package dev.attune.launcher.cli;

import dev.attune.config.AttuneConfig;
import dev.attune.config.textmodel.ImprovementConfig;
import dev.attune.launcher.cli.talk.ConsentOptions;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.ConsoleCommand;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.ConfigFile;
import dev.attune.launcher.improve.ImproveOrder;
import dev.attune.launcher.improve.ImproveResult;
import dev.attune.launcher.improve.ImproveRun;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.ledger.Runs;
import dev.attune.launcher.loop.turn.RunTurn;
import dev.attune.launcher.session.ModelSession;
import dev.attune.launcher.tuning.status.Sleeper;
import dev.attune.message.Messages;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs {@code attune improve}: has a model write better answers for low-rated feedback. */
@Command(
    name = "improve",
    description = {
      "Asks a model for better answers to feedback rated 1 or 2 with a comment, checks them, and"
          + " writes them where prepare reads them.",
      "Answers are kept: the same command again pays for nothing that was answered. --fresh asks"
          + " again, also for rows whose answers were rejected."
    })
public final class ImproveCommand extends ConsoleCommand {
  private final Sleeper sleeper;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description =
          "The model that writes: a name under models, or a tuned model. Default:"
              + " improvement.model.")
  private @Nullable String model;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description =
          "Ask for at most N rows, the first ones by hash. Default: improvement.limit, else 10000.")
  private @Nullable Integer limit;

  @Mixin private ConsentOptions consent = new ConsentOptions();

  public ImproveCommand(Shell shell, Sleeper sleeper) {
    super(shell);
    this.sleeper = sleeper;
  }

  @Override
  protected void run() throws CommandFailure, IOException, InterruptedException {
    if (limit != null && (limit < 1 || limit > ImprovementConfig.MOST_ROWS)) {
      throw usage(Messages.of("launcher.improve.limit", limit));
    }
    ModelSession.Consent agreed = consent.of(this);
    AttuneConfig config = ConfigFile.load(config(), shell);
    ImproveOrder order = ImproveOrder.of(config, model, limit, agreed.fresh());
    try (Ledger ledger = Ledger.open(config, shell);
        RunTurn turn = RunTurn.take(ledger, config.dataset().dataset(), shell, sleeper)) {
      if (turn.other().isPresent()) {
        Runs.Owner other = turn.other().orElseThrow().owner();
        throw new CommandFailure(
            FailureCode.LEDGER,
            Messages.of("launcher.improve.running", other.process(), other.host()));
      }
      try (ModelSession session = ModelSession.open(config, ledger, shell, agreed)) {
        print(new ImproveRun(order, session, shell).run(), config);
      }
    }
  }

  private void print(ImproveResult result, AttuneConfig config) {
    if (json()) {
      shell.out().print(ImproveText.document(result));
    } else {
      new ImproveText(shell).lines(result, config).forEach(shell.out()::println);
    }
  }
}
