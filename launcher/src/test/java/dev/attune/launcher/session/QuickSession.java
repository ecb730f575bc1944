package dev.attune.launcher.session;

import dev.attune.config.AttuneConfig;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.session.ModelSession.Consent;
import dev.attune.launcher.session.ModelSession.Services;
import dev.attune.models.TextModelFactory;
import dev.attune.models.call.RetryRules;
import java.time.Duration;

/** Opens sessions that send each request once and cannot ask the user. */
public final class QuickSession {
  private static final RetryRules ONCE =
      new RetryRules(1, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(5), 100);

  private QuickSession() {}

  /** Opens a session. */
  public static ModelSession open(
      AttuneConfig config, Ledger ledger, Shell shell, Consent consent, TextModelFactory adapters) {
    CostQuestion question =
        new CostQuestion() {
          @Override
          public boolean isPossible() {
            return false;
          }

          @Override
          public boolean agrees(String sentence) {
            return false;
          }
        };
    return ModelSession.open(
        config, ledger, shell, consent, new Services(adapters, ONCE, question));
  }
}
