package dev.attune.launcher.session;

import dev.attune.catalog.TextModelPrice;
import dev.attune.config.AttuneConfig;
import dev.attune.config.textmodel.ModelConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.session.SessionModel.Layers;
import dev.attune.message.Messages;
import dev.attune.models.CachingModel;
import dev.attune.models.TextModel;
import dev.attune.models.call.CallLimits;
import dev.attune.models.call.PacedModel;
import dev.attune.models.call.RepeatedCaches;
import dev.attune.models.call.RetryRules;
import dev.attune.models.recording.KeptReplies;
import dev.attune.models.recording.RecordedModel;
import dev.attune.models.recording.ReplyFile;
import dev.attune.models.spending.Budget;
import dev.attune.models.spending.BudgetedCaches;
import dev.attune.models.spending.BudgetedModel;
import dev.attune.place.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts the layers of a session around adapters, from inside out: pace, budget, kept answers. */
final class ModelLayers implements AutoCloseable {
  private final AttuneConfig config;
  private final Shell shell;
  private final KeptReplies ledger;
  private final boolean fresh;
  private final Budget budget;
  private final RetryRules rules;
  private final Map<Path, ReplyFile> files = new HashMap<>();

  ModelLayers(
      AttuneConfig config,
      Shell shell,
      KeptReplies ledger,
      boolean fresh,
      Budget budget,
      RetryRules rules) {
    this.config = config;
    this.shell = shell;
    this.ledger = ledger;
    this.fresh = fresh;
    this.budget = budget;
    this.rules = rules;
  }

  /**
   * Puts the layers around an adapter.
   *
   * @param model its configuration
   * @param price of its answers
   */
  SessionModel around(TextModel adapter, ModelConfig model, TextModelPrice price)
      throws CommandFailure {
    LocalDate today = LocalDate.ofInstant(shell.clock().instant(), ZoneOffset.UTC);
    if (price.hasEnded(today)) {
      shell
          .err()
          .println(
              Messages.of("launcher.session.ended", String.valueOf(model.model()), price.endsOn()));
    }
    PacedModel paced = new PacedModel(adapter, CallLimits.of(model.limits()), rules);
    BudgetedModel budgeted = new BudgetedModel(paced, price, budget);
    RecordedModel recorded = new RecordedModel(budgeted, storage(model), fresh);
    return new SessionModel(
        model.name(),
        new FilledModel(recorded, model.answers()),
        model.answers(),
        model.limits(),
        new Layers(recorded, budgeted, caches(adapter, model, price)),
        List.of());
  }

  private @Nullable BudgetedCaches caches(
      TextModel adapter, ModelConfig model, TextModelPrice price) {
    return adapter instanceof CachingModel caching
        ? caching
            .caches()
            .map(
                caches ->
                    new BudgetedCaches(
                        new RepeatedCaches(caches, rules),
                        price,
                        budget,
                        String.valueOf(model.model())))
            .orElse(null)
        : null;
  }

  private KeptReplies storage(ModelConfig model) throws CommandFailure {
    if (model.files().isEmpty()) {
      return ledger;
    }
    Place place = config.resolve(model.files().get(0));
    Path path = place.local().toAbsolutePath().normalize();
    ReplyFile file = files.get(path);
    if (file == null) {
      try {
        file = ReplyFile.open(path);
      } catch (IOException e) {
        throw new CommandFailure(
            FailureCode.FILE,
            Messages.of(
                "launcher.session.record-to", shell.show(place), String.valueOf(e.getMessage())),
            e);
      }
      files.put(path, file);
    }
    return ledger.and(file);
  }

  @Override
  public void close() {
    for (ReplyFile file : files.values()) {
      try {
        file.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    files.clear();
  }
}
