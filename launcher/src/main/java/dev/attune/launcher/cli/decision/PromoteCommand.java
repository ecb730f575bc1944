package dev.attune.launcher.cli.decision;

import dev.attune.config.AttuneConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.ConsoleCommand;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.ConfigFile;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.promotion.ModelLookup;
import dev.attune.launcher.promotion.Promotion;
import dev.attune.launcher.promotion.PromotionResult;
import dev.attune.message.Messages;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Promotes a model if it passes the gate. */
@Command(
    name = "promote",
    description = {
      "Puts a model into use if it passes the gate.",
      "Changes the ledger and the env file. Ends with 3 if the model does not pass; the ledger"
          + " keeps the reasons."
    })
public final class PromoteCommand extends ConsoleCommand {
  @Parameters(paramLabel = "MODEL", description = ModelLookup.MODEL)
  private String model = "";

  @Option(
      names = "--force",
      description =
          "Promote the model even if the gate refuses it. Needs --reason; both are kept in the"
              + " ledger.")
  private boolean force;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why the model is promoted although the gate refuses it.")
  private @Nullable String reason;

  public PromoteCommand(Shell shell) {
    super(shell);
  }

  @Override
  protected void run() throws CommandFailure {
    String why = why();
    AttuneConfig config = ConfigFile.load(config(), shell);
    PromotionResult outcome;
    try (Ledger ledger = Ledger.open(config, shell)) {
      outcome = new Promotion(ledger, config, shell).promote(model, why);
    }
    PromotionOutput print = new PromotionOutput(shell, config.evaluation().metric());
    print.print(outcome, json());
    if (outcome.isRefused()) {
      throw print.refusal(outcome);
    }
  }

  private @Nullable String why() {
    String text = reason == null ? "" : ReasonOption.of(reason, this);
    if (force && text.isEmpty()) {
      throw usage(Messages.of("launcher.usage.force"));
    }
    if (!force && reason != null) {
      throw usage(Messages.of("launcher.usage.reason"));
    }
    return force ? text : null;
  }
}
