package dev.attune.pipeline.run;

import dev.attune.catalog.BaseModels;
import dev.attune.catalog.BaseModelsException;
import dev.attune.catalog.ExampleLimits;
import dev.attune.config.AttuneConfig;
import dev.attune.config.DatasetConfig;
import dev.attune.config.SourcesConfig.Feedback;
import dev.attune.format.provider.ExampleFormats;
import dev.attune.pipeline.check.ExampleChecker;
import dev.attune.pipeline.prepare.PrepareProgress;
import dev.attune.pipeline.prepare.PrepareRefusedException;
import dev.attune.pipeline.prepare.PrepareRequest;
import dev.attune.pipeline.prepare.PrepareStage;
import dev.attune.pipeline.prepare.RunnerOptions;
import dev.attune.pipeline.run.dataflow.DataflowArguments;
import dev.attune.pipeline.source.SourceException;
import dev.attune.pipeline.source.configured.NamedSources;
import dev.attune.pipeline.source.configured.ReadSources;
import dev.attune.pipeline.source.configured.TaxonomyFile;
import dev.attune.pipeline.source.feedback.FeedbackDatabase;
import dev.attune.pipeline.source.feedback.FeedbackPlan;
import dev.attune.pipeline.source.file.storage.InputFile;
import dev.attune.pipeline.source.previous.PreviousDataset;
import dev.attune.place.Place;
import dev.attune.taxonomy.Taxonomy;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.apache.beam.runners.dataflow.DataflowRunner;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of a run, as the launching process finds them before the pipeline is built: files with
 * their hashes, the state of the database, the taxonomy. Every input that can be refused before a
 * record is read is refused here.
 *
 * @param config of the run
 * @param limit maximum number of records per source, or null for all
 * @param taxonomy of the dataset, or null
 * @param feedback state of the database, or null if it is not configured
 * @param observations files, empty if the source is not configured
 * @param generated files, empty if the source is not configured
 * @param limits of the base model or format
 * @param previous the dataset whose examples are carried over, or null
 */
public record PreparePlan(
    AttuneConfig config,
    @Nullable Long limit,
    @Nullable TaxonomyFile taxonomy,
    @Nullable FeedbackPlan feedback,
    List<InputFile> observations,
    List<InputFile> generated,
    ExampleLimits limits,
    @Nullable PreviousDataset previous) {
  private static final int BUNDLES_PER_WORKER = 4;

  /**
   * Reads every input file once and queries the database.
   *
   * @throws PrepareRefusedException if an input is missing or not valid
   */
  public static PreparePlan of(PrepareRequest request, PrepareProgress progress)
      throws PrepareRefusedException {
    return ofSources(request, progress).withPrevious(request.previous(), progress);
  }

  /** Returns the plan of a request without its previous dataset. */
  public static PreparePlan ofSources(PrepareRequest request, PrepareProgress progress)
      throws PrepareRefusedException {
    AttuneConfig config = request.config();
    try {
      NamedSources named = NamedSources.find(config.named());
      named.refuseFaults();
      ExampleLimits limits = limits(config);
      Feedback feedback = config.dataset().sources().feedback();
      FeedbackPlan database = null;
      if (feedback != null) {
        progress.at(PrepareStage.DATABASE, -1, 0);
        database = FeedbackDatabase.of(feedback, config.folder(), request.environment()).inspect();
      }
      long bytes = named.observations().bytes() + named.generated().bytes();
      AtomicLong read = new AtomicLong();
      LongConsumer count = more -> progress.at(PrepareStage.SURVEY, read.addAndGet(more), bytes);
      return new PreparePlan(
          config,
          request.limit(),
          named.taxonomy(),
          database,
          named.observations().survey(count),
          named.generated().survey(count),
          limits,
          null);
    } catch (SourceException e) {
      throw PrepareRefusedException.of(e);
    }
  }

  private static ExampleLimits limits(AttuneConfig config) throws SourceException {
    try {
      return BaseModels.of(config).limits(config);
    } catch (BaseModelsException e) {
      throw new SourceException(e.faults(), String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Returns this plan with the previous dataset in a folder, or this plan if the folder is null.
   *
   * @throws PrepareRefusedException if the dataset is not compatible with the configuration
   */
  public PreparePlan withPrevious(@Nullable Place directory, PrepareProgress progress)
      throws PrepareRefusedException {
    if (directory == null) {
      return this;
    }
    progress.at(PrepareStage.PREVIOUS, -1, 0);
    try {
      PreviousDataset dataset = PreviousDataset.open(directory, config, categories());
      return new PreparePlan(
          config, limit, taxonomy, feedback, observations, generated, limits, dataset);
    } catch (SourceException e) {
      throw PrepareRefusedException.of(e);
    }
  }

  /** Returns the taxonomy, or null if none is configured. */
  @Nullable Taxonomy categories() {
    return taxonomy == null ? null : taxonomy.taxonomy();
  }

  /**
   * Returns the transform that reads the sources, each in at least four bundles per worker, so that
   * workers end at about the same time.
   */
  public ReadSources sources(PipelineOptions options) {
    int workers =
        options.getRunner() == DataflowRunner.class
            ? DataflowArguments.parallelism(options)
            : RunnerOptions.parallelism(options);
    return ReadSources.of(config.dataset(), feedback, observations, generated)
        .inAtLeast(workers * BUNDLES_PER_WORKER)
        .limitedTo(limit == null ? null : Math.toIntExact(Math.min(limit, Integer.MAX_VALUE)));
  }

  /** Returns the checker for the examples of this dataset. */
  public ExampleChecker checker() {
    DatasetConfig dataset = config.dataset();
    return new ExampleChecker(
        categories(),
        dataset.task(),
        ExampleFormats.of(dataset.output().format()),
        limits.tokens());
  }

  /** Returns the sizes by which the engine and the numbers of buckets are chosen. */
  public EngineSizing sizing() {
    return new EngineSizing(this);
  }
}
