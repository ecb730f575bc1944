package dev.attune.launcher.session;

import static dev.attune.page.FigureText.count;

import dev.attune.catalog.TextModelPrice;
import dev.attune.catalog.TextModelPrices;
import dev.attune.config.AttuneConfig;
import dev.attune.config.textmodel.ModelConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.evaluation.cost.Dollars;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.promotion.ModelLookup;
import dev.attune.launcher.session.SessionModel.Estimate;
import dev.attune.launcher.session.SessionModel.Layers;
import dev.attune.message.Messages;
import dev.attune.models.ModelException;
import dev.attune.models.ModelFamily;
import dev.attune.models.ModelRequest;
import dev.attune.models.Sampling;
import dev.attune.models.TextModel;
import dev.attune.models.TextModelFactory;
import dev.attune.models.Usage;
import dev.attune.models.adapter.ProviderAdapters;
import dev.attune.models.call.RetryRules;
import dev.attune.models.recording.ReplayModel;
import dev.attune.models.spending.Budget;
import dev.attune.models.spending.BudgetedCaches;
import dev.attune.schema.NearestName;
import dev.attune.schema.Printable;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The models of one command: opened once, with one budget, answers kept in the ledger. Safe for
 * several threads.
 */
public final class ModelSession implements AutoCloseable {
  private static final String LOCAL = "local:";

  private final AttuneConfig config;
  private final Ledger ledger;
  private final Shell shell;
  private final TextModelFactory adapters;
  private final Budget budget;
  private final ModelLayers layers;
  private final CostAgreement agreement;
  private final Map<String, SessionModel> open = new LinkedHashMap<>();

  private ModelSession(
      AttuneConfig config, Ledger ledger, Shell shell, Consent consent, Services services) {
    this.config = config;
    this.ledger = ledger;
    this.shell = shell;
    this.adapters = services.adapters();
    BigDecimal cap =
        consent.maxCostUsd() == null ? config.spending().maxCostUsd() : consent.maxCostUsd();
    this.budget = new Budget(cap);
    this.layers =
        new ModelLayers(
            config,
            shell,
            new LedgerReplies(ledger.database()),
            consent.fresh(),
            budget,
            services.rules());
    this.agreement = new CostAgreement(shell, consent, cap, services.question());
  }

  /**
   * The options of a command.
   *
   * @param fresh {@code --fresh}: ask again and replace kept answers
   * @param maxCostUsd {@code --max-cost}, or null for {@code spending.maxCostUsd}
   * @param yes {@code --yes}: agree to the estimated cost
   */
  public record Consent(boolean fresh, @Nullable BigDecimal maxCostUsd, boolean yes) {
    /** No option is given. */
    public static final Consent NONE = new Consent(false, null, false);
  }

  /** What a session uses besides configuration and ledger. */
  record Services(TextModelFactory adapters, RetryRules rules, CostQuestion question) {}

  /** Opens a session. The ledger stays open when the session is closed. */
  public static ModelSession open(
      AttuneConfig config, Ledger ledger, Shell shell, Consent consent) {
    return open(config, ledger, shell, consent, new ProviderAdapters());
  }

  /** Opens a session with other adapters. */
  public static ModelSession open(
      AttuneConfig config, Ledger ledger, Shell shell, Consent consent, TextModelFactory adapters) {
    CostQuestion question =
        new TerminalQuestion(shell, System.in, Boolean.getBoolean("attune.keyboard"));
    return open(
        config, ledger, shell, consent, new Services(adapters, RetryRules.DEFAULT, question));
  }

  static ModelSession open(
      AttuneConfig config, Ledger ledger, Shell shell, Consent consent, Services services) {
    return new ModelSession(config, ledger, shell, consent, services);
  }

  /**
   * Returns the model that a user calls MODEL, with all layers. The session closes it. Settings
   * that a request leaves open are those of attune.yaml.
   *
   * @param typed a key under {@code models}, or a tuned model as {@code attune models} lists it
   * @throws CommandFailure if there is no such model, it cannot be asked, or its price is unknown
   */
  public TextModel model(String typed) throws CommandFailure, IOException {
    return opened(typed).model();
  }

  private synchronized SessionModel opened(String typed) throws CommandFailure, IOException {
    SessionModel known = open.get(typed);
    if (known != null) {
      return known;
    }
    try {
      ModelConfig model = config.models().get(typed);
      SessionModel opened = model == null ? tuned(typed) : configured(model);
      open.put(typed, opened);
      return opened;
    } catch (ModelException e) {
      throw ModelFailure.of(e);
    }
  }

  private SessionModel configured(ModelConfig model)
      throws CommandFailure, IOException, ModelException {
    return switch (model.provider()) {
      case GEMINI, OPENAI -> {
        TextModelPrice price =
            TextModelPrices.bundled().of(model).orElseThrow(() -> unknownPrice(model));
        yield layers.around(adapters.open(model, shell.environment()), model, price);
      }
      case RECORDED -> recorded(model);
      case CHAMPION -> champion(model);
    };
  }

  private static CommandFailure unknownPrice(ModelConfig model) {
    return new CommandFailure(
        FailureCode.COST,
        Messages.of("launcher.session.price", String.valueOf(model.model()), model.name()));
  }

  private SessionModel recorded(ModelConfig model)
      throws CommandFailure, IOException, ModelException {
    String named = model.model();
    String family = model.family();
    if (family == null) {
      family = ModelFamily.of(named == null ? model.name() : named);
    }
    TextModel replay =
        ReplayModel.open(
            model.name(), named, family, RecordedFiles.find(config, model.name(), model.files()));
    return free(model, replay, List.of());
  }

  private SessionModel champion(ModelConfig model) throws CommandFailure, IOException {
    SessionModel fallback = opened(String.valueOf(model.fallback()));
    String dataset = config.dataset().dataset();
    Optional<String> id = ledger.promotions().champion(dataset);
    SessionModel champion = null;
    String missing = Messages.of("launcher.session.no-champion", dataset);
    if (id.isPresent()) {
      try {
        champion = opened(id.orElseThrow());
      } catch (CommandFailure e) {
        missing =
            Messages.of(
                "launcher.session.champion-failed",
                id.orElseThrow(),
                String.valueOf(e.getMessage()));
      }
    }
    TextModel asked =
        new ChampionModel(champion == null ? null : champion.model(), fallback.model(), missing);
    return free(model, asked, champion == null ? List.of(fallback) : List.of(champion, fallback));
  }

  private static SessionModel free(ModelConfig model, TextModel asked, List<SessionModel> others) {
    return new SessionModel(
        model.name(),
        new FilledModel(asked, model.answers()),
        model.answers(),
        model.limits(),
        null,
        others);
  }

  private SessionModel tuned(String typed) throws CommandFailure, ModelException {
    String id = typed.startsWith(LOCAL) ? typed.substring(LOCAL.length()) : typed;
    List<String> names = List.copyOf(config.models().keySet());
    Job job;
    try {
      job = new ModelLookup(ledger, config.dataset().dataset()).find(typed);
    } catch (CommandFailure e) {
      boolean isUnknown = id.isBlank() || ledger.jobs().named(id).isEmpty();
      if (names.isEmpty() && isUnknown && !id.isBlank() && hasNoModels()) {
        throw new CommandFailure(
            FailureCode.MODEL, Messages.of("launcher.session.none", Printable.shortened(typed)), e);
      }
      if (names.isEmpty() || !isUnknown || typed.equals("champion")) {
        throw e;
      }
      String shown = Printable.shortened(typed);
      throw new CommandFailure(
          FailureCode.MODEL,
          NearestName.of(typed, names)
              .map(near -> Messages.of("launcher.session.misspelt", shown, near))
              .orElseGet(
                  () -> Messages.of("launcher.session.unknown", shown, String.join(", ", names))),
          e);
    }
    return new TunedModels(config, adapters, shell.environment(), layers).open(typed, job);
  }

  private boolean hasNoModels() {
    return ledger.jobs().all().stream().noneMatch(job -> job.state().hasModel());
  }

  /** Returns the configured settings of a model's answers. */
  public Sampling sampling(String typed) throws CommandFailure, IOException {
    return Sampling.of(opened(typed).answers());
  }

  /** Returns how many requests to a model may be under way at once. */
  public int parallelism(String typed) throws CommandFailure, IOException {
    return opened(typed).limits().parallelism();
  }

  /**
   * Shows what requests will cost at most, without those whose answers are kept, and asks for
   * consent if that is needed. Shows nothing if it costs nothing.
   *
   * @throws CommandFailure with exit code 3 if neither user nor configuration consent
   */
  public void agree(List<PlannedRequests> planned) throws CommandFailure, IOException {
    Map<String, Estimate> estimates = new LinkedHashMap<>();
    for (PlannedRequests each : planned) {
      estimates.merge(each.model(), opened(each.model()).estimate(each.requests()), Estimate::plus);
    }
    agreement.agree(estimates);
  }

  /** Returns whether a request to a model would be answered without a call. */
  public boolean hasKept(String typed, ModelRequest request) throws CommandFailure, IOException {
    return opened(typed).hasKept(request);
  }

  /**
   * Refuses a cost that nobody can agree to later: there is no terminal, no cap and no {@code
   * --yes}.
   *
   * @param usd what requests to models of this session are expected to cost
   * @throws CommandFailure with exit code 3
   */
  public void requireConsent(BigDecimal usd) throws CommandFailure {
    agreement.require(usd);
  }

  /**
   * Lowers the cap, if there is one, by what the command pays elsewhere.
   *
   * @param usd US dollars
   */
  public void setAside(BigDecimal usd) {
    budget.setAside(usd);
  }

  /**
   * Asks for consent to a cost that is not one of requests, and that has been shown.
   *
   * @throws CommandFailure with exit code 3 if neither user nor configuration consent
   */
  public void agree(BigDecimal usd) throws CommandFailure {
    agreement.agree(usd);
  }

  /**
   * Returns the context caches of a model.
   *
   * @throws CommandFailure if there is no such model, it cannot be asked, or has no context caches
   */
  public ModelCaches caches(String typed) throws CommandFailure, IOException {
    SessionModel model = opened(typed);
    Layers known = model.layers();
    BudgetedCaches caches = known == null ? null : known.caches();
    if (caches == null) {
      throw new CommandFailure(
          FailureCode.MODEL, Messages.of("launcher.session.no-caches", Printable.shortened(typed)));
    }
    return new ModelCaches(typed, model.model().identity(), caches);
  }

  /** Returns what this session has spent so far in US dollars. */
  public BigDecimal spent() {
    return budget.spent();
  }

  /**
   * Returns a sentence about what was spent, for the end of a command; empty if no model was asked
   * over a network.
   */
  public synchronized Optional<String> costSentence() {
    List<String> parts = new ArrayList<>();
    long kept = 0;
    for (SessionModel model : open.values()) {
      Layers known = model.layers();
      if (known != null) {
        kept += known.recorded().answeredFromStorage();
        if (known.budgeted().answers() > 0) {
          parts.add(part(model.name(), known.budgeted().answers(), known.budgeted().used()));
        }
      }
    }
    if (parts.isEmpty() && kept == 0) {
      return Optional.empty();
    }
    String asked =
        parts.isEmpty()
            ? "Spent nothing: no model was asked"
            : "Spent " + Dollars.shown(spent()) + ": " + String.join("; ", parts);
    return Optional.of(asked + (kept == 0 ? "." : "; " + count(kept, "answer") + " kept already."));
  }

  private static String part(String model, long answers, Usage used) {
    return String.format(
        Locale.ROOT,
        "%s from %s (%,d input%s and %,d output tokens)",
        count(answers, "answer"),
        model,
        used.input() + used.cachedInput(),
        used.cachedInput() == 0
            ? ""
            : String.format(Locale.ROOT, " (%,d of them cached)", used.cachedInput()),
        used.output() + used.thinking());
  }

  @Override
  public synchronized void close() {
    open.values().forEach(model -> model.model().close());
    open.clear();
    layers.close();
  }
}
