package dev.attune.launcher.cli.models;

import dev.attune.config.AttuneConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.CommonOptions;
import dev.attune.launcher.console.ExitCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.ConfigFile;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.promotion.ModelLookup;
import dev.attune.launcher.promotion.Promotion;
import dev.attune.launcher.promotion.PromotionResult;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
public final class PromoteCommand implements Callable<Integer> {
  private final Shell shell;

  @Mixin private CommonOptions common = new CommonOptions();

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
    this.shell = shell;
  }

  @Override
  public Integer call() throws CommandFailure {
    String why = why();
    AttuneConfig config = ConfigFile.load(common.config(), shell);
    PromotionResult outcome;
    try (Ledger ledger = Ledger.open(config, shell)) {
      outcome = new Promotion(ledger, config, shell).promote(model, why);
    }
    PromotionOutput print = new PromotionOutput(shell, config.evaluation().metric());
    print.print(outcome, common.json());
    if (outcome.isRefused()) {
      throw print.refusal(outcome);
    }
    return ExitCode.DONE.code();
  }

  private @Nullable String why() {
    String text = reason == null ? "" : ReasonOption.of(reason, common);
    if (force && text.isEmpty()) {
      throw common.usage("--force needs --reason TEXT, which is stored in the ledger");
    }
    if (!force && reason != null) {
      throw common.usage("--reason needs --force");
    }
    return force ? text : null;
  }
}
