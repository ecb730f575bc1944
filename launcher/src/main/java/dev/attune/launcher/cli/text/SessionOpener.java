package dev.attune.launcher.cli.text;

import dev.attune.config.AttuneConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.session.ModelSession;
import dev.attune.launcher.session.ModelSession.Consent;
import java.io.IOException;

/** Opens the models of a command: {@link ModelSession#open}. */
@FunctionalInterface
public interface SessionOpener {
  /** Opens a session; the caller closes it, and the ledger stays open. */
  ModelSession open(AttuneConfig config, Ledger ledger, Shell shell, Consent consent)
      throws CommandFailure, IOException;
}
