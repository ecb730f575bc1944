package dev.attune.launcher.session;

import static dev.attune.page.FigureText.count;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.evaluation.cost.Dollars;
import dev.attune.launcher.session.ModelSession.Consent;
import dev.attune.launcher.session.SessionModel.Estimate;
import dev.attune.message.Messages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Agrees with the user on the cost of a command: shows the estimate, asks on a terminal if it is
 * above one dollar, and refuses a cost without a terminal, a cap or {@code --yes}.
 */
final class CostAgreement {
  private static final BigDecimal WITHOUT_QUESTION = BigDecimal.ONE;

  private final Shell shell;
  private final Consent consent;
  private final @Nullable BigDecimal cap;
  private final CostQuestion question;
  private boolean shown;

  CostAgreement(Shell shell, Consent consent, @Nullable BigDecimal cap, CostQuestion question) {
    this.shell = shell;
    this.consent = consent;
    this.cap = cap;
    this.question = question;
  }

  /**
   * Shows the estimates of models by their names, and agrees on their sum.
   *
   * @throws CommandFailure if the user does not agree, or cannot be asked
   */
  void agree(Map<String, Estimate> estimates) throws CommandFailure {
    Estimate all = Estimate.NOTHING;
    for (Estimate each : estimates.values()) {
      all = all.plus(each);
    }
    if (all.usd().signum() == 0) {
      return;
    }
    boolean small = all.usd().compareTo(WITHOUT_QUESTION) <= 0;
    if (!small || !shown) {
      estimates.forEach(this::show);
      shown = true;
    }
    agree(all.usd());
  }

  /**
   * Agrees on a cost that has been shown.
   *
   * @throws CommandFailure if the user does not agree, or cannot be asked
   */
  void agree(BigDecimal cost) throws CommandFailure {
    if (cost.signum() == 0 || consent.yes()) {
      return;
    }
    boolean small = cost.compareTo(WITHOUT_QUESTION) <= 0;
    String usd = Dollars.shown(cost);
    if (question.isPossible()) {
      if (!small && !isAgreed(Messages.of("launcher.session.question", usd))) {
        throw new CommandFailure(FailureCode.COST, Messages.of("launcher.session.declined", usd));
      }
      return;
    }
    require(cost);
  }

  /**
   * Refuses a cost that the user can not be asked about.
   *
   * @throws CommandFailure if there is no terminal, no cap and no {@code --yes}
   */
  void require(BigDecimal usd) throws CommandFailure {
    if (usd.signum() > 0 && cap == null && !consent.yes() && !question.isPossible()) {
      throw new CommandFailure(
          FailureCode.COST, Messages.of("launcher.session.no-consent", Dollars.shown(usd)));
    }
  }

  private void show(String model, Estimate estimate) {
    int open = estimate.requests() - estimate.kept();
    if (open > 0) {
      shell
          .err()
          .println(
              String.format(
                  Locale.ROOT,
                  "%s: %s%s, up to %,d input and %,d output tokens, at most %s.",
                  model,
                  count(open, "request"),
                  estimate.kept() == 0
                      ? ""
                      : " (" + count(estimate.kept(), "answer") + " kept already)",
                  estimate.input(),
                  estimate.output(),
                  Dollars.shown(estimate.usd())));
    }
  }

  private boolean isAgreed(String asked) {
    try {
      return question.agrees(asked);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
