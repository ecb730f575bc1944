package dev.attune.launcher.loop;

import dev.attune.bytes.Sha256;
import dev.attune.config.AttuneConfig;
import dev.attune.config.textmodel.ImprovementConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.improve.ImproveOrder;
import dev.attune.launcher.improve.ImproveResult;
import dev.attune.launcher.improve.ImproveRun;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.session.ModelSession;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The first step of a run, where attune.yaml has the section {@code improvement}: better answers to
 * low-rated feedback, which the dataset is then prepared with. Skipped for an input for which the
 * ledger shows it as done.
 */
final class ImproveStep {
  static final String NAME = "improve";

  private final AttuneConfig config;
  private final Ledger ledger;
  private final Shell shell;

  ImproveStep(AttuneConfig config, Ledger ledger, Shell shell) {
    this.config = config;
    this.ledger = ledger;
    this.shell = shell;
  }

  /** Returns whether there is something to do for an input. */
  boolean isDue(String inputFingerprint, boolean force) {
    return config.improvement() != null
        && (force || ledger.steps().outcome(key(inputFingerprint), NAME).isEmpty());
  }

  /**
   * Improves what waits for it.
   *
   * @param maxCostUsd of the whole run, or null
   */
  ImproveResult run(@Nullable Double maxCostUsd)
      throws CommandFailure, IOException, InterruptedException {
    BigDecimal most = maxCostUsd == null ? null : BigDecimal.valueOf(maxCostUsd);
    try (ModelSession session =
        ModelSession.open(config, ledger, shell, new ModelSession.Consent(false, most, false))) {
      return new ImproveRun(ImproveOrder.of(config, null, null, false), session, shell).run();
    }
  }

  /** Enters that nothing waits for an improvement in an input, which has the new improvements. */
  void enterDone(String inputFingerprint, ImproveResult result) {
    if (result.left() == 0) {
      ledger.steps().enter(key(inputFingerprint), NAME, outcome(result));
    }
  }

  static String outcome(ImproveResult result) {
    return result.kept() + " of " + result.asked() + " low-rated rows improved";
  }

  /** Returns a hash of the input and of the keys that decide who is asked. */
  private String key(String inputFingerprint) {
    String asked =
        Optional.ofNullable(config.improvement()).map(ImprovementConfig::toString).orElse("");
    String models = config.effective().path("models").toString();
    return "sha256:"
        + Sha256.hex(
            String.join("\0", inputFingerprint, asked, models).getBytes(StandardCharsets.UTF_8));
  }
}
