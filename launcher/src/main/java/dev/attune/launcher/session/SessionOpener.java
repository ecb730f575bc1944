package dev.attune.launcher.session;

import dev.attune.config.AttuneConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.session.ModelSession.Consent;
import java.io.IOException;

/** Opens the text models of a command. */
@FunctionalInterface
public interface SessionOpener {
  /** Opens a session; the caller closes it. */
  ModelSession open(AttuneConfig config, Ledger ledger, Shell shell, Consent consent)
      throws CommandFailure, IOException;
}
