package dev.attune.launcher.estimate;

import dev.attune.catalog.BaseModel;
import dev.attune.catalog.BaseModels;
import dev.attune.config.OutputFormat;
import dev.attune.config.TuningConfig;
import dev.attune.config.TuningConfig.BackEnd;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.console.progress.Amount;
import dev.attune.launcher.console.progress.Progress;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.dataset.ExampleLines;
import dev.attune.place.Place;
import dev.attune.schema.DatasetManifest.PublishedFile;
import dev.attune.schema.ExampleLine;
import java.io.IOException;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Estimates the cost of tuning on a dataset. Reads both of its files once. */
public record CostEstimator(Shell shell, BaseModels models) {
  /**
   * Returns an estimate with tokens counted or estimated on this machine.
   *
   * @throws CommandFailure if a line of the dataset cannot be read
   */
  public CostEstimate estimate(DatasetDirectory dataset, TuningConfig tuning)
      throws CommandFailure, IOException {
    return dataset.format() == OutputFormat.OPENAI
        ? estimate(dataset, tuning, TokenMethod.CHAT_MESSAGES, ChatMessageTokens::new)
        : estimate(dataset, tuning, TokenMethod.TURN_RECORDS_ESTIMATED, EstimatedTurnRecords::new);
  }

  /**
   * Returns an estimate with the tokens of a gemini dataset counted by the provider.
   *
   * @throws CommandFailure if a line of the dataset cannot be read, or the provider does not answer
   */
  public CostEstimate count(DatasetDirectory dataset, TuningConfig tuning, TokenCounter counter)
      throws CommandFailure, IOException {
    String baseModel = baseModel(tuning);
    return estimate(
        dataset,
        tuning,
        TokenMethod.TURN_RECORDS_COUNTED,
        () -> new CountedTurnRecords(counter, baseModel));
  }

  private CostEstimate estimate(
      DatasetDirectory dataset,
      TuningConfig tuning,
      TokenMethod method,
      Supplier<SplitTokenCounter> split)
      throws CommandFailure, IOException {
    String baseModel = baseModel(tuning);
    boolean local = tuning.backEnd() == BackEnd.LOCAL;
    return new CostEstimate(
        tuning.backEnd(),
        baseModel,
        count(dataset.train(), dataset, split.get()),
        count(dataset.valid(), dataset, split.get()),
        method,
        tuning.hyperparameters().epochs(),
        local ? null : models.find(baseModel).map(BaseModel::price).orElse(null));
  }

  private static String baseModel(TuningConfig tuning) {
    String named =
        tuning.backEnd() == BackEnd.LOCAL ? TuningConfig.LOCAL_BASE_MODEL : tuning.baseModel();
    return Objects.requireNonNull(named, "TuningCheck refuses what has no base model");
  }

  private SplitTokens count(Place file, DatasetDirectory dataset, SplitTokenCounter split)
      throws CommandFailure, IOException {
    OutputFormat format = dataset.format();
    String name = file.name();
    long all = dataset.published(name).map(PublishedFile::lines).orElse(0L);
    long examples = 0;
    long withMedia = 0;
    String doing = "Counting the tokens of " + shell.show(file);
    try (ExampleLines lines = ExampleLines.open(file, format, shell);
        Progress step = Progress.start(shell, doing, Amount.of(all, "examples"))) {
      for (@Nullable ExampleLine line = lines.next(); line != null; line = lines.next()) {
        examples++;
        withMedia += hasMedia(line) ? 1 : 0;
        split.add(line);
        step.accept(examples);
      }
      split.finish();
    }
    return new SplitTokens(examples, split.records(), split.tokens(), withMedia);
  }

  private static boolean hasMedia(ExampleLine line) {
    return line.turns().stream().anyMatch(turn -> !turn.media().isEmpty());
  }
}
