package dev.attune.launcher.promotion;

import dev.attune.config.AttuneConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.ledger.Datasets;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.ledger.Promotions;
import dev.attune.launcher.ledger.Promotions.Decision;
import dev.attune.launcher.ledger.Promotions.Kind;
import dev.attune.launcher.ledger.Promotions.Verdict;
import dev.attune.launcher.promotion.PromotionResult.EnvFileState;
import dev.attune.message.Messages;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Promotes models, rolls back to the previous one, and declines models. The ledger is written first
 * and decides; then the env file is updated. If the process is killed between the two, the same
 * command updates the file.
 *
 * <p>Several processes may promote at once. The ledger accepts a decision only if it is based on
 * all earlier decisions; otherwise the process decides again. After writing the env file, a process
 * reads the ledger again, so that the last writer writes what the ledger says.
 */
public final class Promotion {
  /** The number of attempts while other processes decide first. */
  private static final int ATTEMPTS = 10;

  private final Ledger ledger;
  private final EnvFile envFile;
  private final String dataset;
  private final GateCheck judge;
  private final ModelLookup names;

  /** Creates the promotion for the dataset, the gate and the env file of a configuration. */
  public Promotion(Ledger ledger, AttuneConfig config, Shell shell) {
    this.ledger = ledger;
    this.envFile = EnvFile.at(config.envFile(), shell);
    this.dataset = config.dataset().dataset();
    this.judge = new GateCheck(ledger, config.evaluation(), shell);
    this.names = new ModelLookup(ledger, dataset);
  }

  /**
   * Promotes a model if it passes the gate, or by force. A refusal is entered in the ledger, once
   * for the same findings on the same evaluation, and changes nothing else.
   *
   * @param typed the model, as {@link ModelLookup#find} takes it
   * @param force why to promote the model even if it does not pass, or null
   * @throws CommandFailure if there is no such model, or the gate cannot be applied
   */
  public PromotionResult promote(String typed, @Nullable String force) throws CommandFailure {
    Job model = names.find(typed);
    checkDataset(model);
    var unused = ModelId.of(model); // Refuses a model without an id before the gate is applied.
    return untilDecided(
        history -> {
          if (model.id().equals(history.champion())) {
            return new PromotionResult(
                dataset, model.id(), null, model.id(), null, updatedEnvFile());
          }
          GateResult judgement = judge.judge(model, dataset, history.champion());
          if (judgement.obstacle() != null && force == null) {
            throw new CommandFailure(FailureCode.GATE, judgement.obstacle());
          }
          envFile.requireWritable();
          Kind kind = kind(judgement, force);
          Decision decision =
              new Decision(
                  dataset,
                  kind,
                  model.id(),
                  judgement.evaluation(),
                  judgement.verdict(kind),
                  force);
          Promotions.Entry before = history.refused(model.id());
          Promotions.Entry entry =
              before != null && isSame(before, decision, history.champion())
                  ? before
                  : ledger.promotions().enter(decision, history.size()).orElse(null);
          if (entry == null) {
            return null;
          }
          EnvFileState said = kind.isInUse() ? updatedEnvFile() : currentEnvFile();
          String champion = kind.isInUse() ? model.id() : history.champion();
          return new PromotionResult(dataset, model.id(), entry, champion, judgement, said);
        });
  }

  /**
   * Puts back the previous champion. If an earlier rollback was killed before it wrote the env
   * file, it is completed instead.
   *
   * @throws CommandFailure if there is no previous champion
   */
  public PromotionResult rollback() throws CommandFailure {
    return untilDecided(
        history -> {
          String champion = history.champion();
          if (champion == null) {
            throw refusal(Messages.of("launcher.promotion.nothing-to-roll-back", dataset));
          }
          if (isUnfinished(history)) {
            return new PromotionResult(dataset, champion, null, champion, null, updatedEnvFile());
          }
          String before = history.before();
          if (before == null) {
            throw refusal(Messages.of("launcher.promotion.first-champion", champion, dataset));
          }
          var unused = ModelId.of(ledger.jobs().get(before));
          envFile.requireWritable();
          Decision decision =
              new Decision(dataset, Kind.ROLLED_BACK, before, null, Verdict.NOT_APPLIED, null);
          Promotions.Entry entry = ledger.promotions().enter(decision, history.size()).orElse(null);
          return entry == null
              ? null
              : new PromotionResult(dataset, before, entry, before, null, updatedEnvFile());
        });
  }

  /**
   * Declines a model. The champion and the env file stay as they are; the model can be promoted
   * later.
   *
   * @param typed the model, as {@link ModelLookup#find} takes it
   * @param reason why it is declined
   * @throws CommandFailure if there is no such model, or it is the champion
   */
  public PromotionResult decline(String typed, String reason) throws CommandFailure {
    Job model = names.find(typed);
    checkDataset(model);
    EnvFileState said = currentEnvFile();
    return untilDecided(
        history -> {
          if (model.id().equals(history.champion())) {
            throw refusal(Messages.of("launcher.promotion.champion-declined", model.id(), dataset));
          }
          if (history.declined(model.id()) != null) {
            return new PromotionResult(dataset, model.id(), null, history.champion(), null, said);
          }
          Decision decision =
              new Decision(dataset, Kind.DECLINED, model.id(), null, Verdict.NOT_APPLIED, reason);
          Promotions.Entry entry = ledger.promotions().enter(decision, history.size()).orElse(null);
          return entry == null
              ? null
              : new PromotionResult(dataset, model.id(), entry, history.champion(), null, said);
        });
  }

  /** Returns the result of an earlier refusal; does not apply the gate and enters nothing. */
  public PromotionResult standing(Promotions.Entry refusal) throws CommandFailure {
    return new PromotionResult(
        dataset, refusal.model(), refusal, history().champion(), null, currentEnvFile());
  }

  /** Decides on the decisions so far, or returns null if another process decided first. */
  private interface Attempt {
    @Nullable PromotionResult decide(PromotionHistory history) throws CommandFailure;
  }

  private PromotionResult untilDecided(Attempt attempt) throws CommandFailure {
    for (int i = 0; i < ATTEMPTS; i++) {
      PromotionResult outcome = attempt.decide(history());
      if (outcome != null) {
        return outcome;
      }
    }
    throw tooManyDecisions();
  }

  private static boolean isSame(
      Promotions.Entry before, Decision decision, @Nullable String champion) {
    return decision.kind() == Kind.REFUSED
        && before.verdict().equals(decision.verdict())
        && Objects.equals(before.evaluation(), decision.evaluation())
        && Objects.equals(before.previous(), champion);
  }

  /** Returns whether the env file still names the model that the last decision rolled back. */
  private boolean isUnfinished(PromotionHistory history) throws CommandFailure {
    Promotions.Entry last = history.lastChange();
    if (last == null || last.kind() != Kind.ROLLED_BACK || last.previous() == null) {
      return false;
    }
    Optional<String> rolledBack = ModelId.find(ledger.jobs().get(last.previous()));
    return rolledBack.isPresent() && rolledBack.equals(envFile.modelId());
  }

  private static Kind kind(GateResult judgement, @Nullable String force) {
    if (judgement.isPassed()) {
      return Kind.PROMOTED;
    }
    return force == null ? Kind.REFUSED : Kind.FORCED;
  }

  private void checkDataset(Job model) throws CommandFailure {
    String own =
        ledger.datasets().find(model.spec().dataset()).map(Datasets.Entry::name).orElse("");
    if (!own.equals(dataset)) {
      throw refusal(
          own.isEmpty()
              ? Messages.of("launcher.promotion.dataset-unknown", model.id(), dataset)
              : Messages.of("launcher.promotion.other-dataset", model.id(), own, dataset));
    }
  }

  /** Updates the env file to the champion of the ledger. */
  private EnvFileState updatedEnvFile() throws CommandFailure {
    boolean changed = false;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      String champion = Objects.requireNonNull(history().champion(), "the ledger has a promotion");
      String modelId = ModelId.of(ledger.jobs().get(champion));
      try {
        changed |= envFile.set(modelId);
      } catch (CommandFailure e) {
        throw new CommandFailure(
            e.code(),
            List.of(String.valueOf(e.getMessage())),
            Messages.of("launcher.promotion.env-file-behind", champion, envFile.shown(), champion),
            e);
      }
      if (champion.equals(history().champion())) {
        return new EnvFileState(envFile.shown(), modelId, changed);
      }
    }
    throw tooManyDecisions();
  }

  private EnvFileState currentEnvFile() throws CommandFailure {
    return new EnvFileState(envFile.shown(), envFile.modelId().orElse(null), false);
  }

  private PromotionHistory history() {
    return new PromotionHistory(ledger.promotions().of(dataset));
  }

  private CommandFailure tooManyDecisions() {
    return refusal(Messages.of("launcher.promotion.others-promote", dataset));
  }

  private static CommandFailure refusal(String sentence) {
    return new CommandFailure(FailureCode.MODEL, sentence);
  }
}
