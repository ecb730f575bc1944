package dev.attune.launcher.loop;

import dev.attune.config.AttuneConfig;
import dev.attune.config.TuningConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.ResumeHint;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.ConfigFile;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.dataset.PrepareOrder;
import dev.attune.launcher.dataset.PreparedDataset;
import dev.attune.launcher.estimate.CostEstimate;
import dev.attune.launcher.estimate.CostEstimator;
import dev.attune.launcher.evaluation.cost.CostGuard;
import dev.attune.launcher.evaluation.cost.Dollars;
import dev.attune.launcher.evaluation.cost.EvaluationForecast;
import dev.attune.launcher.evaluation.cost.EvaluationForecaster;
import dev.attune.launcher.evaluation.cost.Spent;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.ledger.Promotions;
import dev.attune.launcher.loop.LoopResult.Step;
import dev.attune.launcher.loop.turn.RunTurn;
import dev.attune.launcher.promotion.EnvFile;
import dev.attune.launcher.promotion.Promotion;
import dev.attune.launcher.promotion.PromotionResult;
import dev.attune.launcher.session.LedgerVerdicts;
import dev.attune.launcher.tuning.submission.CostCheck;
import dev.attune.launcher.tuning.submission.TuningRequest;
import dev.attune.launcher.tuning.submission.TuningResult;
import dev.attune.launcher.tuning.submission.TuningRun;
import dev.attune.message.Messages;
import dev.attune.pipeline.prepare.InputFingerprints;
import dev.attune.place.Place;
import dev.attune.schema.DatasetManifest;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * From the sources to a model in use: improve where that is configured, prepare, check, estimate,
 * tune, evaluate, promote. What is prepared builds on the dataset of the model in use. The ledger
 * keeps what was done for which input, so that a loop that was killed goes on where it was, and one
 * with nothing new ends at once.
 */
public final class Loop {
  private static final String PREPARE = "prepare";
  private static final String CHECK = "check";
  private static final String PROMOTE = "promote";
  private static final String NOTHING_NEW = "nothing-new";

  private final Shell shell;
  private final LoopServices services;
  private final LoopRequest order;
  private final AttuneConfig config;
  private final Ledger ledger;
  private final RunTurn turn;
  private final List<Step> steps = new CopyOnWriteArrayList<>(); // a signal reads it, too
  private volatile @Nullable String tuned;
  private Spent spent = Spent.NOTHING;

  /**
   * Runs the loop of a configuration, unless a run with its dataset name is in progress.
   *
   * @throws CommandFailure if a step ends the loop; a refused promotion is a result
   */
  public static LoopOutcome run(Shell shell, LoopServices services, LoopRequest order)
      throws CommandFailure, IOException, InterruptedException {
    AttuneConfig config =
        ConfigFile.loadToRun(order.config(), shell, named -> EnvFile.faults(named, shell));
    String dataset = config.dataset().dataset();
    try (Ledger ledger = Ledger.open(config, shell);
        RunTurn turn = RunTurn.take(ledger, dataset, shell, services.sleeper())) {
      if (turn.other().isPresent()) {
        return RunBeside.of(turn.other().orElseThrow());
      }
      Loop loop = new Loop(shell, services, order, config, ledger, turn);
      ResumeHint hint = ResumeHint.during(() -> LoopResult.interrupted(loop.steps, loop.tuned));
      try {
        return loop.run();
      } finally {
        hint.close();
      }
    }
  }

  private Loop(
      Shell shell,
      LoopServices services,
      LoopRequest order,
      AttuneConfig config,
      Ledger ledger,
      RunTurn turn) {
    this.shell = shell;
    this.services = services;
    this.order = order;
    this.config = config;
    this.ledger = ledger;
    this.turn = turn;
  }

  private LoopResult run() throws CommandFailure, IOException, InterruptedException {
    Champion champion = order.force() ? null : champion();
    if (champion == null) {
      EvaluationRequirements.requireJudges(config, shell);
    }
    PrepareOrder prepare = order.prepare().buildingOn(previousDataset(champion));
    ImproveStep improve = new ImproveStep(config, ledger, shell, services.preparation());
    InputFingerprints inputs = improve.inputs(order, prepare, this::begin, this::done);
    spent = new Spent(improve.spentUsd(), BigDecimal.ZERO);
    if (champion != null && champion.isMadeFrom(inputs.sources())) {
      return champion.isTunedAs(config.tuning())
          ? inUse(champion.model(), inputs.sources(), dataset(champion))
          : tuneAnew(dataset(champion));
    }
    EvaluationRequirements.requireJudges(config, shell);
    String input = inputs.whole();
    if (input == null) {
      shell
          .err()
          .println(Messages.of("launcher.run.champion-unfit", String.valueOf(inputs.unfit())));
      prepare = order.prepare();
      input = inputs.sources();
    }
    Optional<LoopResult> before = order.force() ? Optional.empty() : decided(input);
    return before.isPresent() ? before.orElseThrow() : build(input, prepare, champion);
  }

  private @Nullable Champion champion() throws CommandFailure, IOException {
    Champion champion = Champion.find(ledger, config.dataset().dataset(), shell).orElse(null);
    if (champion != null && champion.dataset() == null) {
      shell.err().println(Messages.of("launcher.run.champion-gone", champion.model()));
    }
    return champion;
  }

  private static @Nullable Place previousDataset(@Nullable Champion champion) {
    DatasetDirectory dataset = champion == null ? null : champion.dataset();
    return dataset == null ? null : dataset.path();
  }

  private static DatasetDirectory dataset(Champion champion) {
    return Objects.requireNonNull(champion.dataset());
  }

  /** The result for sources of which the model in use was made. */
  private LoopResult inUse(String champion, String sources, DatasetDirectory dataset) {
    String nothing =
        nothingNew(dataset.manifest().identity().inputFingerprint())
            .orElse(champion + " is in use");
    return new LoopResult(sources, dataset, steps, null, nothing);
  }

  /** Tunes another model from the champion's dataset: only the way of tuning has changed. */
  private LoopResult tuneAnew(DatasetDirectory dataset)
      throws CommandFailure, IOException, InterruptedException {
    EvaluationRequirements.requireJudges(config, shell);
    String input = dataset.manifest().identity().inputFingerprint();
    Optional<LoopResult> before = decided(input, dataset);
    if (before.isPresent()) {
      return before.orElseThrow();
    }
    done(PREPARE, true, shell.show(dataset.path()));
    return tuneAndPromote(input, dataset);
  }

  /** The result for an input whose model was decided on, by this gate where that refused it. */
  private Optional<LoopResult> decided(String input, DatasetDirectory dataset)
      throws CommandFailure {
    boolean wasGateApplied =
        ledger.steps().outcome(DecisionKey.of(input, config), PROMOTE).isPresent();
    PriorDecision prior = PriorDecision.find(ledger, config, dataset, wasGateApplied).orElse(null);
    if (prior == null) {
      return Optional.empty();
    }
    Promotions.Entry refusal = prior.refusal();
    PromotionResult stands =
        refusal == null ? null : new Promotion(ledger, config, shell).standing(refusal);
    return Optional.of(new LoopResult(input, dataset, steps, stands, prior.sentence()));
  }

  private Optional<String> nothingNew(String input) {
    return ledger.steps().outcome(DecisionKey.of(input, config), NOTHING_NEW);
  }

  private LoopResult build(String input, PrepareOrder prepare, @Nullable Champion champion)
      throws CommandFailure, IOException, InterruptedException {
    DatasetDirectory dataset = prepare(input, prepare);
    DatasetManifest.RecordCounts counts = dataset.manifest().counts();
    boolean nothingNew = counts.training() + counts.validation() == 0;
    if (nothingNew
        && champion != null
        && champion.isTunedAs(config.tuning())
        && prepare.previous() != null) {
      String nothing = "there is no new example, and " + champion.model() + " stays in use";
      ledger.steps().enter(DecisionKey.of(input, config), NOTHING_NEW, nothing);
      return new LoopResult(input, dataset, steps, null, nothing);
    }
    return tuneAndPromote(input, dataset);
  }

  private LoopResult tuneAndPromote(String input, DatasetDirectory dataset)
      throws CommandFailure, IOException, InterruptedException {
    EvaluationRequirements.requireExamples(dataset, config, shell);
    check(dataset);
    EvaluationForecast forecast = outlook().beforeTuning(dataset, config.tuning());
    EvaluationRequirements.requireFairQuestions(
        dataset, forecast, config.evaluation().minimumExamples(), shell);
    if (TuningRun.tuned(ledger, dataset, config.tuning()).isEmpty()) {
      EvaluationRequirements.openJudges(dataset, config, ledger, shell, services.judges());
      // Of a model that is there, the evaluation itself knows which verdicts are still to be paid.
      BigDecimal left = CostGuard.left(config, order.maxCostUsd(), spent);
      EvaluationRequirements.requireConsent(left, forecast, shell);
      EvaluationRequirements.requireBudget(left, forecast);
    }
    Job model = tune(dataset, estimate(dataset));
    evaluate(dataset, model);
    PromotionResult outcome = promote(model);
    String decision = sentence(outcome);
    ledger.steps().enter(DecisionKey.of(input, config), PROMOTE, decision);
    return new LoopResult(input, dataset, steps, outcome, decision);
  }

  /** The result for an input that was decided on, if its dataset is still there. */
  private Optional<LoopResult> decided(String input) throws CommandFailure, IOException {
    Optional<DatasetDirectory> dataset = standing(input);
    if (dataset.isEmpty()) {
      return Optional.empty();
    }
    DatasetDirectory there = dataset.orElseThrow();
    Optional<String> nothingNew = nothingNew(input);
    return nothingNew.isPresent()
        ? Optional.of(new LoopResult(input, there, steps, null, nothingNew.orElseThrow()))
        : decided(input, there);
  }

  private DatasetDirectory prepare(String input, PrepareOrder asked)
      throws CommandFailure, IOException {
    Optional<DatasetDirectory> there = order.force() ? Optional.empty() : standing(input);
    if (there.isPresent()) {
      done(PREPARE, true, shell.show(there.orElseThrow().path()));
      return there.orElseThrow();
    }
    PreparedDataset prepared = services.preparation().run(asked);
    if (!order.json()) {
      order.summary().print(prepared, shell);
      shell.out().println();
    }
    Place directory = prepared.result().directory();
    DatasetDirectory dataset = DatasetDirectory.open(directory, shell);
    ledger.datasets().enter(dataset);
    ledger.steps().enter(input, PREPARE, directory.toString());
    done(PREPARE, false, shell.show(directory));
    return dataset;
  }

  /** The dataset that was prepared from an input, if it is still there. */
  private Optional<DatasetDirectory> standing(String input) throws CommandFailure, IOException {
    Optional<Place> directory = ledger.steps().outcome(input, PREPARE).map(Place::written);
    if (directory.isEmpty() || !directory.orElseThrow().resolve("manifest.json").isFile()) {
      return Optional.empty();
    }
    return Optional.of(DatasetDirectory.open(directory.orElseThrow(), shell));
  }

  private void check(DatasetDirectory dataset) throws CommandFailure, IOException {
    // Of the files, not of the input: a dataset that is published can be changed by hand.
    dataset.verify(shell);
    Optional<String> before = ledger.steps().outcome(dataset.fingerprint(), CHECK);
    if (before.isPresent() && !order.force()) {
      done(CHECK, true, before.orElseThrow());
      return;
    }
    begin("Checking " + shell.show(dataset.path()));
    String outcome = new CheckStep(config, order.config(), shell).run(dataset);
    ledger.steps().enter(dataset.fingerprint(), CHECK, outcome);
    done(CHECK, false, outcome);
  }

  /** Returns what tuning is estimated at; 0 if that is unknown. */
  private BigDecimal estimate(DatasetDirectory dataset) throws CommandFailure, IOException {
    TuningConfig tuning = config.tuning();
    if (tuning.backEnd() != TuningConfig.BackEnd.LOCAL && tuning.baseModel() == null) {
      return BigDecimal.ZERO; // Tuning refuses it with a sentence.
    }
    begin("Estimating tokens and cost");
    CostEstimate estimate =
        new CostEstimator(shell, ConfigFile.baseModels(config)).estimate(dataset, tuning);
    BigDecimal usd = estimate.exactUsd();
    done(
        "estimate",
        false,
        String.format(
            Locale.ROOT,
            "%,d tokens in %d epochs, %s",
            estimate.billedTokens(),
            estimate.epochs(),
            usd == null ? "price unknown" : Dollars.shown(usd)));
    return usd == null ? BigDecimal.ZERO : usd;
  }

  private EvaluationForecaster outlook() {
    return new EvaluationForecaster(
        config,
        services.models().apply(config),
        shell,
        kept -> new LedgerVerdicts(kept, shell),
        ledger);
  }

  private Job tune(DatasetDirectory dataset, BigDecimal estimatedUsd)
      throws CommandFailure, IOException {
    TuningRun run =
        new TuningRun(
            shell,
            ledger,
            services.backEnds(),
            new CostCheck(shell, ConfigFile.baseModels(config), outlook()),
            services.sleeper());
    TuningConfig tuning = config.tuning();
    this.tuned = TuningRun.tuned(ledger, dataset, tuning).map(Job::id).orElse(null);
    begin("Tuning on " + shell.show(dataset.path()));
    TuningResult tuned =
        run.tune(
            new TuningRequest(
                dataset.path(), order.capped(tuning, spent.models()), order.again(), true));
    Job job = tuned.job();
    if (job.state().hasFailed()) {
      throw TuningResult.failed(job, "attune run --again");
    }
    tuned.throwFailure();
    if (tuned.created()) {
      spent = spent.afterTuning(estimatedUsd);
    }
    done("tune", false, job.id() + " tuned from " + job.spec().baseModel());
    return job;
  }

  private void evaluate(DatasetDirectory dataset, Job model)
      throws CommandFailure, IOException, InterruptedException {
    begin("Evaluating " + model.id());
    done(
        "evaluate",
        false,
        new EvaluateStep(config, ledger, services, shell)
            .run(model.id(), dataset, order.maxCostUsd(), spent));
  }

  private PromotionResult promote(Job model) throws CommandFailure {
    begin("Applying the gate to " + model.id());
    PromotionResult outcome = new Promotion(ledger, config, shell).promote(model.id(), null);
    done(PROMOTE, outcome.entry() == null, sentence(outcome));
    return outcome;
  }

  private static String sentence(PromotionResult outcome) {
    if (outcome.isRefused()) {
      return outcome.model() + " did not pass the gate";
    }
    return "%s is in use; %s names %s"
        .formatted(outcome.model(), outcome.envFile().file(), outcome.envFile().modelId());
  }

  /** Says on stderr which step begins. */
  private void begin(String title) throws CommandFailure {
    turn.require();
    shell.err().println(title);
  }

  private void done(String name, boolean skipped, String outcome) {
    Step step = new Step(name, skipped, outcome);
    steps.add(step);
    LoopOutput.print(step, shell, order.json());
  }
}
