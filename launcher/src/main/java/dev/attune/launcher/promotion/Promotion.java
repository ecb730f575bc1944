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
import dev.attune.launcher.promotion.Outcome.InEnvFile;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts models into use, takes them out of it, or declines them. The ledger decides: it is written
 * first, then the env file is made to say the same. Killed between the two, the ledger is ahead,
 * and the same command run again brings the file up to it.
 *
 * <p>Several processes may promote at once. The ledger takes a decision only from one who knows all
 * decisions before it; another looks again. And whoever wrote the env file reads the ledger once
 * more, so that the last to write it wrote what the ledger says.
 */
public final class Promotion {
  /** How often another process may decide first before this one gives up. */
  private static final int ATTEMPTS = 10;

  private final Ledger ledger;
  private final EnvFile envFile;
  private final String dataset;
  private final Judge judge;
  private final ModelNames names;

  /** Of a configuration's dataset, by its gate, into its env file. */
  public Promotion(Ledger ledger, AttuneConfig config, Shell shell) {
    this.ledger = ledger;
    this.envFile = new EnvFile(config.envFile(), shell);
    this.dataset = config.dataset().dataset();
    this.judge = new Judge(ledger, config.evaluation(), shell);
    this.names = new ModelNames(ledger, dataset);
  }

  /**
   * Makes a model the champion if it passes the gate, or if somebody says why it should be all the
   * same. What the gate refuses is entered in the ledger, once for the same findings on the same
   * evaluation, and changes nothing else.
   *
   * @param typed id of the model or the beginning of it
   * @param force why it should be promoted even if it fails, or null
   * @throws CommandFailure if there is no such model, or the gate cannot be held
   */
  public Outcome promote(String typed, @Nullable String force) throws CommandFailure {
    Job model = names.find(typed);
    checkDataset(model);
    String modelId = ModelId.of(model);
    return untilDecided(
        history -> {
          if (model.id().equals(history.champion())) {
            return new Outcome(dataset, model.id(), null, model.id(), null, bringUpToDate());
          }
          Judgement judgement = judge.judge(model, dataset, history.champion());
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
          InEnvFile said = kind.isInUse() ? bringUpToDate() : asItIs();
          String champion = kind.isInUse() ? model.id() : history.champion();
          return new Outcome(dataset, model.id(), entry, champion, judgement, said);
        });
  }

  /**
   * Puts back the champion before. A rollback that was killed before it reached the env file is
   * brought to its end instead.
   *
   * @throws CommandFailure if there is none
   */
  public Outcome rollback() throws CommandFailure {
    return untilDecided(
        history -> {
          String champion = history.champion();
          if (champion == null) {
            throw new CommandFailure(
                FailureCode.MODEL,
                ("No model of %s is in use, so none can be rolled back: attune promote puts one"
                     + " into use.")
                    .formatted(dataset));
          }
          if (isUnfinished(history)) {
            return new Outcome(dataset, champion, null, champion, null, bringUpToDate());
          }
          String before = history.before();
          if (before == null) {
            throw new CommandFailure(
                FailureCode.MODEL,
                ("%s is the first champion of %s and there is none before it to go back to: promote"
                        + " another one instead.")
                    .formatted(champion, dataset));
          }
          var unused = ModelId.of(ledger.jobs().get(before));
          envFile.requireWritable();
          Decision decision =
              new Decision(dataset, Kind.ROLLED_BACK, before, null, Verdict.NOT_HELD, null);
          Promotions.Entry entry = ledger.promotions().enter(decision, history.size()).orElse(null);
          return entry == null
              ? null
              : new Outcome(dataset, before, entry, before, null, bringUpToDate());
        });
  }

  /**
   * Enters that a model is not to be used. The champion and the env file stay as they are; the
   * model can be promoted later.
   *
   * @param typed id of the model or the beginning of it
   * @param reason why
   * @throws CommandFailure if there is no such model, or it is the champion
   */
  public Outcome decline(String typed, String reason) throws CommandFailure {
    Job model = names.find(typed);
    checkDataset(model);
    InEnvFile said = asItIs();
    return untilDecided(
        history -> {
          if (model.id().equals(history.champion())) {
            throw new CommandFailure(
                FailureCode.MODEL,
                ("%s is the champion of %s and cannot be declined: attune rollback puts back the"
                     + " one before it, attune promote puts another one in its place.")
                    .formatted(model.id(), dataset));
          }
          if (history.declined(model.id()) != null) {
            return new Outcome(dataset, model.id(), null, history.champion(), null, said);
          }
          Decision decision =
              new Decision(dataset, Kind.DECLINED, model.id(), null, Verdict.NOT_HELD, reason);
          Promotions.Entry entry = ledger.promotions().enter(decision, history.size()).orElse(null);
          return entry == null
              ? null
              : new Outcome(dataset, model.id(), entry, history.champion(), null, said);
        });
  }

  /** The outcome of a refusal that stands in the ledger; holds no gate and enters nothing. */
  public Outcome standing(Promotions.Entry refusal) throws CommandFailure {
    return new Outcome(dataset, refusal.model(), refusal, history().champion(), null, asItIs());
  }

  /** Decides on the decisions so far, or returns null if another process decided first. */
  private interface Attempt {
    @Nullable Outcome decide(History history) throws CommandFailure;
  }

  private Outcome untilDecided(Attempt attempt) throws CommandFailure {
    for (int i = 0; i < ATTEMPTS; i++) {
      Outcome outcome = attempt.decide(history());
      if (outcome != null) {
        return outcome;
      }
    }
    throw tooMany();
  }

  private static boolean isSame(
      Promotions.Entry before, Decision decision, @Nullable String champion) {
    return decision.kind() == Kind.REFUSED
        && before.verdict().equals(decision.verdict())
        && Objects.equals(before.evaluation(), decision.evaluation())
        && Objects.equals(before.previous(), champion);
  }

  /** Whether the last thing was a rollback, and the env file still names what was rolled back. */
  private boolean isUnfinished(History history) throws CommandFailure {
    Promotions.Entry last = history.lastChange();
    if (last == null || last.kind() != Kind.ROLLED_BACK || last.previous() == null) {
      return false;
    }
    Optional<String> rolledBack = ModelId.find(ledger.jobs().get(last.previous()));
    return rolledBack.isPresent() && rolledBack.equals(envFile.modelId());
  }

  private static Kind kind(Judgement judgement, @Nullable String force) {
    if (judgement.isPassed()) {
      return Kind.PROMOTED;
    }
    return force == null ? Kind.REFUSED : Kind.FORCED;
  }

  private void checkDataset(Job model) throws CommandFailure {
    String own =
        ledger.datasets().find(model.spec().dataset()).map(Datasets.Entry::name).orElse("");
    if (!own.equals(dataset)) {
      throw new CommandFailure(
          FailureCode.MODEL,
          ("%s was tuned on %s and attune.yaml is for %s: name that dataset's configuration with"
                  + " --config.")
              .formatted(
                  model.id(),
                  own.isEmpty() ? "a dataset that the ledger does not know" : own,
                  dataset));
    }
  }

  /** Makes the env file name the champion of the ledger. */
  private InEnvFile bringUpToDate() throws CommandFailure {
    boolean changed = false;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      String champion = Objects.requireNonNull(history().champion(), "somebody was promoted");
      String modelId = ModelId.of(ledger.jobs().get(champion));
      try {
        changed |= envFile.set(modelId);
      } catch (CommandFailure e) {
        throw new CommandFailure(
            e.code(),
            List.of(String.valueOf(e.getMessage())),
            ("%s is the champion in the ledger, but %s does not say so yet: mend what the line"
                    + " above names and run attune promote %s.")
                .formatted(champion, envFile.shown(), champion),
            e);
      }
      if (champion.equals(history().champion())) {
        return new InEnvFile(envFile.shown(), modelId, changed);
      }
    }
    throw tooMany();
  }

  private InEnvFile asItIs() throws CommandFailure {
    return new InEnvFile(envFile.shown(), envFile.modelId().orElse(null), false);
  }

  private History history() {
    return new History(ledger.promotions().of(dataset));
  }

  private CommandFailure tooMany() {
    return new CommandFailure(
        FailureCode.MODEL,
        "Others promote models of " + dataset + " all the time: wait for them and run again.");
  }
}
