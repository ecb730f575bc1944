package dev.attune.launcher.loop;

import dev.attune.bytes.Sha256;
import dev.attune.config.AttuneConfig;
import dev.attune.config.textmodel.ImprovementConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.DatasetPreparation;
import dev.attune.launcher.dataset.PrepareOrder;
import dev.attune.launcher.evaluation.cost.Dollars;
import dev.attune.launcher.improve.ImproveOrder;
import dev.attune.launcher.improve.ImproveResult;
import dev.attune.launcher.improve.ImproveRun;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.session.ModelSession;
import dev.attune.pipeline.prepare.InputFingerprints;
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
  private static final String NAME = "improve";

  private final AttuneConfig config;
  private final Ledger ledger;
  private final Shell shell;
  private final DatasetPreparation preparation;
  private BigDecimal spentUsd = BigDecimal.ZERO;

  ImproveStep(AttuneConfig config, Ledger ledger, Shell shell, DatasetPreparation preparation) {
    this.config = config;
    this.ledger = ledger;
    this.shell = shell;
    this.preparation = preparation;
  }

  /** Says which step begins. */
  @FunctionalInterface
  interface Begin {
    void step(String title) throws CommandFailure;
  }

  /** Says what came of a step. */
  @FunctionalInterface
  interface Done {
    void step(String name, boolean skipped, String outcome);
  }

  /** Returns the input fingerprints of a run, after better answers were written if that is due. */
  InputFingerprints inputs(LoopRequest order, PrepareOrder prepare, Begin begin, Done done)
      throws CommandFailure, IOException, InterruptedException {
    InputFingerprints inputs = preparation.inputFingerprints(prepare);
    if (!isDue(inputs.sources(), order.force())) {
      return inputs;
    }
    begin.step("Improving low-rated answers");
    ImproveResult improved = improve(order.maxCostUsd());
    spentUsd = improved.spentUsd();
    String outcome = improved.kept() + " of " + improved.asked() + " low-rated rows improved";
    if (!improved.isNothingNew()) {
      String cost = spentUsd.signum() == 0 ? "" : ", " + Dollars.shown(spentUsd) + " spent";
      done.step(NAME, false, outcome + cost);
    }
    InputFingerprints after =
        improved.kept() == 0 ? inputs : preparation.inputFingerprints(prepare);
    if (improved.left() == 0) {
      ledger.steps().enter(key(after.sources()), NAME, outcome);
    }
    return after;
  }

  /** Returns what models were paid for this step. */
  BigDecimal spentUsd() {
    return spentUsd;
  }

  private boolean isDue(String inputFingerprint, boolean force) {
    return config.improvement() != null
        && (force || ledger.steps().outcome(key(inputFingerprint), NAME).isEmpty());
  }

  private ImproveResult improve(@Nullable Double maxCostUsd)
      throws CommandFailure, IOException, InterruptedException {
    BigDecimal most = maxCostUsd == null ? null : BigDecimal.valueOf(maxCostUsd);
    try (ModelSession session =
        ModelSession.open(config, ledger, shell, new ModelSession.Consent(false, most, false))) {
      return new ImproveRun(ImproveOrder.of(config, null, null, false), session, shell).run();
    }
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
