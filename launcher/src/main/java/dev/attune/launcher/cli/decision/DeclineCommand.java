package dev.attune.launcher.cli.decision;

import dev.attune.config.AttuneConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.ConsoleCommand;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.ConfigFile;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.ledger.Promotions;
import dev.attune.launcher.promotion.ModelLookup;
import dev.attune.launcher.promotion.Promotion;
import dev.attune.launcher.promotion.PromotionResult;
import dev.attune.message.Messages;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Declines a model. */
@Command(
    name = "decline",
    description = {
      "Records that a model will not be used; the champion stays in use.",
      "After the gate refused a model, attune run fails until the model is declined or promoted."
    })
public final class DeclineCommand extends ConsoleCommand {
  @Parameters(paramLabel = "MODEL", description = ModelLookup.MODEL)
  private String model = "";

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why the model is declined. Kept in the ledger.")
  private String reason = "";

  public DeclineCommand(Shell shell) {
    super(shell);
  }

  @Override
  protected void run() throws CommandFailure {
    String why = why();
    AttuneConfig config = ConfigFile.load(config(), shell);
    PromotionResult outcome;
    try (Ledger ledger = Ledger.open(config, shell)) {
      outcome = new Promotion(ledger, config, shell).decline(model, why);
      if (outcome.entry() == null) {
        printFirstReason(ledger.promotions().of(outcome.dataset()), outcome.model(), why);
      }
    }
    new PromotionOutput(shell, config.evaluation().metric()).print(outcome, json());
  }

  /** Prints the stored reason if it differs from the new one. */
  private void printFirstReason(List<Promotions.Entry> decisions, String declined, String why) {
    String kept = null;
    for (Promotions.Entry entry : decisions) {
      if (entry.model().equals(declined) && entry.kind() == Promotions.Kind.DECLINED) {
        kept = entry.reason();
      }
    }
    if (kept != null && !kept.equals(why)) {
      shell.err().println("The ledger keeps the first reason: " + PromotionOutput.quoted(kept));
    }
  }

  private String why() {
    String text = ReasonOption.of(reason, this);
    if (text.isEmpty()) {
      throw usage(Messages.of("launcher.usage.reason-empty"));
    }
    return text;
  }
}
