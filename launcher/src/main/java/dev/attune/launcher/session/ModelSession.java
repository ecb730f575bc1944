package dev.attune.launcher.session;

import dev.attune.config.AttuneConfig;
import dev.attune.config.textmodel.ModelConfig;
import dev.attune.config.textmodel.ModelConfig.Answers;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.models.ModelException;
import dev.attune.models.Sampling;
import dev.attune.models.TextModel;
import dev.attune.models.TextModelFactory;
import dev.attune.schema.NearestName;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The models of one command: opened once, with one budget, answers kept in the ledger. */
public final class ModelSession implements AutoCloseable {
  private final AttuneConfig config;
  private final Shell shell;
  private final TextModelFactory adapters;
  private final Map<String, TextModel> open = new LinkedHashMap<>();

  private ModelSession(AttuneConfig config, Shell shell, TextModelFactory adapters) {
    this.config = config;
    this.shell = shell;
    this.adapters = adapters;
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

  /** Opens a session. The ledger stays open when it is closed. */
  public static ModelSession open(AttuneConfig config, Ledger ledger, Shell shell, Consent consent)
      throws CommandFailure, IOException {
    return open(
        config,
        ledger,
        shell,
        consent,
        (model, environment) -> {
          throw new ModelException(
              ModelException.Kind.MODEL, "No adapter for " + model.name() + " yet.", null);
        });
  }

  /** Opens a session with other adapters. */
  @SuppressWarnings("unused") // The ledger and consent are used by the layers, which follow.
  public static ModelSession open(
      AttuneConfig config, Ledger ledger, Shell shell, Consent consent, TextModelFactory adapters)
      throws CommandFailure, IOException {
    return new ModelSession(config, shell, adapters);
  }

  /**
   * Returns the model that a user calls MODEL, with all layers. The session closes it.
   *
   * @param typed a key under {@code models}, or a tuned model as {@code attune models} lists it
   * @throws CommandFailure if there is no such model, or it cannot be asked
   */
  public synchronized TextModel model(String typed) throws CommandFailure, IOException {
    TextModel known = open.get(typed);
    if (known != null) {
      return known;
    }
    try {
      TextModel model = adapters.open(configured(typed), shell.environment());
      open.put(typed, model);
      return model;
    } catch (ModelException e) {
      throw new CommandFailure(FailureCode.MODEL, String.valueOf(e.getMessage()), e);
    }
  }

  private ModelConfig configured(String typed) throws CommandFailure {
    ModelConfig model = config.models().get(typed);
    if (model == null) {
      String near =
          NearestName.of(typed, List.copyOf(config.models().keySet()))
              .map(name -> " Did you mean " + name + "?")
              .orElse("");
      throw new CommandFailure(FailureCode.MODEL, "There is no model " + typed + "." + near);
    }
    return model;
  }

  /** Returns the configured settings of a model's answers. */
  public Sampling sampling(String typed) throws CommandFailure {
    Answers answers = configured(typed).answers();
    return new Sampling(
        answers.temperature(), answers.maxOutputTokens(), answers.seed(), answers.thinking());
  }

  /** Returns how many requests to a model may be under way at once. */
  public int parallelism(String typed) throws CommandFailure {
    return configured(typed).limits().parallelism();
  }

  /**
   * Shows what requests will cost at most, without those whose answers are kept, and asks for
   * consent if that is needed.
   *
   * @throws CommandFailure with exit code 3 if the user or the configuration does not consent
   */
  @SuppressWarnings("unused") // Estimates follow.
  public void agree(List<PlannedRequests> planned) throws CommandFailure {}

  /** Returns what this session has spent so far in US dollars. */
  public BigDecimal spent() {
    return BigDecimal.ZERO;
  }

  @Override
  public synchronized void close() {
    open.values().forEach(TextModel::close);
    open.clear();
  }
}
