package dev.attune.launcher.promote;

import dev.attune.config.AttuneConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.CommonOptions;
import dev.attune.launcher.console.ExitCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.ConfigFile;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.promotion.Outcome;
import dev.attune.launcher.promotion.Promotion;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Enters in the ledger that a model is not to be used. */
@Command(
    name = "decline",
    description = {
      "Enters in the ledger that a model is not to be used; the champion stays in use.",
      "Ends the failures of attune run after the gate refused the model."
    })
public final class DeclineCommand implements Callable<Integer> {
  private static final int LONGEST_REASON = 1000;

  private final Shell shell;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(
      paramLabel = "MODEL",
      description =
          "Id of the job that made it, the beginning of the id, or what the env file has for it.")
  private String model = "";

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why; it stays in the ledger.")
  private String reason = "";

  public DeclineCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws CommandFailure {
    String why = why();
    AttuneConfig config = ConfigFile.load(common.config(), shell);
    Outcome outcome;
    try (Ledger ledger = Ledger.open(config, shell)) {
      outcome = new Promotion(ledger, config, shell).decline(model, why);
    }
    new OutcomePrint(shell, config.evaluation().metric()).print(outcome, common.json());
    return ExitCode.DONE.code();
  }

  private String why() {
    String text = OneLine.of(reason);
    if (text.isEmpty()) {
      throw usage("--reason says why the model is declined and is empty");
    }
    if (text.length() > LONGEST_REASON) {
      throw usage("--reason takes " + LONGEST_REASON + " characters and has " + text.length());
    }
    return text;
  }

  private ParameterException usage(String fault) {
    if (spec == null) {
      throw new IllegalStateException("picocli sets spec");
    }
    return new ParameterException(spec.commandLine(), fault);
  }
}
