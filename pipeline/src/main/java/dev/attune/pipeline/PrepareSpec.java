package dev.attune.pipeline;

import dev.attune.catalog.ExampleLimits;
import dev.attune.config.CurationRules;
import dev.attune.config.DatasetConfig;
import dev.attune.format.provider.ExampleFormats;
import dev.attune.pipeline.check.ExampleChecker;
import dev.attune.pipeline.encode.EncodeCarried;
import dev.attune.pipeline.encode.EncodeExamples;
import dev.attune.pipeline.source.previous.PreviousDataset;
import dev.attune.pipeline.source.previous.PreviousExamples;
import dev.attune.pipeline.source.previous.ReadPrevious;
import dev.attune.pipeline.split.AssignSplit;
import dev.attune.pipeline.write.DatasetParts;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.POutput;
import org.jspecify.annotations.Nullable;

/**
 * The settings of {@link PrepareDataset#build(dev.attune.pipeline.stage.SourceOutput,
 * PrepareSpec)}.
 *
 * @param config the dataset's name, task, rules and format; its sources and output directory are
 *     not used
 * @param checker checks categories, media and tokens
 * @param limits the maximum number and size of training examples
 * @param buckets the number of buckets in which records are compared, at least 1; about one per
 *     100,000 records. The output does not depend on it
 * @param previous the dataset to build on, or null
 * @param sink writes the result, for example {@code WriteDataset}, or a transform that applies
 *     {@code ApplyDecisions}
 * @param lists a folder which all workers reach, with a slash at the end, for lists that are too
 *     long for a pipeline; null to let them stand in it
 * @param joinByKey whether records are joined with their units and neighbourhoods by key, and not
 *     by side inputs, which grow with the joined records. The output does not depend on it
 */
public record PrepareSpec(
    DatasetConfig config,
    ExampleChecker checker,
    ExampleLimits limits,
    int buckets,
    @Nullable PreviousDataset previous,
    PTransform<? super DatasetParts, ? extends POutput> sink,
    @Nullable String lists,
    boolean joinByKey) {
  /** Creates the settings of a pipeline that runs in this process. */
  public PrepareSpec(
      DatasetConfig config,
      ExampleChecker checker,
      ExampleLimits limits,
      int buckets,
      @Nullable PreviousDataset previous,
      PTransform<? super DatasetParts, ? extends POutput> sink) {
    this(config, checker, limits, buckets, previous, sink, null, false);
  }

  EncodeExamples encode() {
    CurationRules rules = config.rules();
    return EncodeExamples.of(
            config.task(), ExampleFormats.of(config.output().format()), rules.split().byGroup())
        .withShingles(rules.duplicates().near());
  }

  EncodeCarried encodePrevious() {
    CurationRules rules = config.rules();
    return EncodeCarried.of(
        config.task(),
        ExampleFormats.of(config.output().format()),
        rules.split().byGroup(),
        rules.duplicates().near());
  }

  @Nullable PreviousExamples readPrevious(Pipeline pipeline) {
    return previous == null
        ? null
        : pipeline.apply("ReadPrevious", ReadPrevious.of(previous).listedIn(lists));
  }

  AssignSplit assignSplit() {
    return AssignSplit.by(config.rules().split())
        .keepingApart(config.rules().duplicates())
        .withCapacity(limits.trainingExamples(), limits.trainingBytes())
        .inBuckets(buckets)
        .joiningByKey(joinByKey);
  }
}
