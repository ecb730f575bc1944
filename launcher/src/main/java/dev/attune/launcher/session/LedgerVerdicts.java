package dev.attune.launcher.session;

import dev.attune.config.textmodel.ModelConfig;
import dev.attune.config.textmodel.ModelConfig.Provider;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.evaluation.cost.KeptVerdicts;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.models.ModelException;
import dev.attune.models.ModelIdentity;
import dev.attune.models.ModelRequest;
import dev.attune.models.TextModel;
import dev.attune.models.adapter.ProviderAdapters;
import dev.attune.models.recording.RequestKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The verdicts that a ledger keeps. Asks no model and writes nothing. For one thread. */
public final class LedgerVerdicts implements KeptVerdicts {
  private final LedgerReplies replies;
  private final Map<String, String> environment;
  private final Map<String, Optional<ModelIdentity>> judges = new HashMap<>();

  public LedgerVerdicts(Ledger ledger, Shell shell) {
    this.replies = new LedgerReplies(ledger.database());
    this.environment = shell.environment();
  }

  @Override
  public boolean has(ModelConfig judge, ModelRequest request) {
    return judges
        .computeIfAbsent(judge.name(), name -> identity(judge))
        .flatMap(model -> replies.find(RequestKey.of(model, request), model))
        .isPresent();
  }

  /** Returns which model a judge is; empty if it cannot be asked, or is a recording. */
  private Optional<ModelIdentity> identity(ModelConfig judge) {
    if (judge.provider() == Provider.RECORDED) {
      return Optional.empty();
    }
    try (TextModel model = new ProviderAdapters().open(judge, environment)) {
      return Optional.of(model.identity());
    } catch (ModelException e) {
      return Optional.empty(); // Who asks it says why it cannot be asked.
    }
  }
}
