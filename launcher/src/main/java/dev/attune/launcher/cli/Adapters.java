package dev.attune.launcher.cli;

import dev.attune.catalog.BaseModels;
import dev.attune.config.AttuneConfig;
import dev.attune.config.TuningConfig;
import dev.attune.launcher.baseline.LocalBackEnd;
import dev.attune.launcher.baseline.LocalModel;
import dev.attune.launcher.baseline.MostFrequentCategory;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.ConfigFile;
import dev.attune.launcher.estimate.TokenCounter;
import dev.attune.launcher.evaluation.question.AnsweringModel;
import dev.attune.launcher.evaluation.question.AskException;
import dev.attune.launcher.evaluation.question.ModelAddress;
import dev.attune.launcher.evaluation.question.ModelAddress.Base;
import dev.attune.launcher.evaluation.question.ModelAddress.Tuned;
import dev.attune.launcher.evaluation.question.ModelOpener;
import dev.attune.launcher.tuning.TuningBackEnd;
import dev.attune.launcher.vertex.VertexBackEnd;
import dev.attune.launcher.vertex.VertexModel;
import dev.attune.launcher.vertex.VertexTokenCounter;
import dev.attune.message.Messages;
import dev.attune.schema.ExampleLine;
import java.nio.file.Path;
import java.util.List;

/**
 * Creates the adapters for tuning, for answers of models and for counting tokens. No other class
 * uses the adapters. Their libraries are loaded when an adapter is opened, so that commands without
 * it start fast.
 */
final class Adapters {
  private final Shell shell;

  Adapters(Shell shell) {
    this.shell = shell;
  }

  /** Opens the configured back end for tuning. */
  TuningBackEnd backEnd(TuningConfig tuning, Path folder) throws CommandFailure {
    return switch (tuning.backEnd()) {
      case LOCAL -> new LocalBackEnd(folder, shell.clock());
      case VERTEX -> VertexBackEnd.open(tuning);
    };
  }

  /** Returns an opener of models that answer questions. */
  ModelOpener models(AttuneConfig config) {
    return address -> open(address, config);
  }

  private static AnsweringModel open(ModelAddress address, AttuneConfig config)
      throws AskException, CommandFailure {
    TuningConfig tuning = config.tuning();
    boolean local = address.backEnd().equals(LocalBackEnd.NAME);
    if (address instanceof Tuned tuned) {
      String endpoint = tuned.endpoint();
      if (endpoint == null) {
        throw new AskException(false, Messages.of("launcher.job.endpoint-missing"), null);
      }
      return local
          ? LocalModel.open(Path.of(endpoint))
          : VertexModel.tuned(tuning, endpoint, tuned.baseModel(), ConfigFile.baseModels(config));
    }
    Base base = (Base) address;
    return local
        ? MostFrequentCategory.of(base.dataset())
        : VertexModel.base(
            tuning, base.baseModel(), base.location(), ConfigFile.baseModels(config));
  }

  /** Opens a token counter in the location that serves the base model. */
  TokenCounter tokenCounter(TuningConfig tuning) throws CommandFailure {
    VertexTokenCounter counter =
        VertexTokenCounter.open(
            tuning,
            servedFrom(
                String.valueOf(tuning.baseModel()), String.valueOf(tuning.place().location())));
    return new TokenCounter() {
      @Override
      public long count(String baseModel, List<ExampleLine> lines) throws CommandFailure {
        return counter.count(baseModel, lines);
      }

      @Override
      public void close() {
        counter.close();
      }
    };
  }

  /** Returns the location that serves a base model tuned in a region; it may be another one. */
  private static String servedFrom(String baseModel, String region) {
    return BaseModels.bundled()
        .find(baseModel)
        .map(model -> model.tuning().servedFrom(region))
        .orElse(region);
  }
}
