package dev.attune.pipeline.source.configured;

import dev.attune.config.DatasetConfig;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.source.LimitRecords;
import dev.attune.pipeline.source.feedback.FeedbackPlan;
import dev.attune.pipeline.source.feedback.ReadFeedback;
import dev.attune.pipeline.source.file.ReadRanges;
import dev.attune.pipeline.source.file.storage.InputFile;
import dev.attune.pipeline.source.generated.ReadGenerated;
import dev.attune.pipeline.source.observation.ReadObservations;
import dev.attune.pipeline.stage.SourceOutput;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.jspecify.annotations.Nullable;

/**
 * Reads every source of a configuration and flattens the results. It is the first stage and has no
 * input.
 *
 * <p>Output: {@link SourceOutput}; the reader of each source documents which records it rejects.
 * Deterministic unless the database changes. Keeps no order.
 */
public final class ReadSources extends PTransform<PBegin, SourceOutput> {
  private final DatasetConfig config;
  private final @Nullable FeedbackPlan feedback;
  private final List<InputFile> observations;
  private final List<InputFile> generated;
  private final int fewestLoads;
  private final @Nullable Integer limit;

  private ReadSources(
      DatasetConfig config,
      @Nullable FeedbackPlan feedback,
      List<InputFile> observations,
      List<InputFile> generated,
      int fewestLoads,
      @Nullable Integer limit) {
    this.config = config;
    this.feedback = feedback;
    this.observations = observations;
    this.generated = generated;
    this.fewestLoads = fewestLoads;
    this.limit = limit;
  }

  /**
   * Returns a step that reads the sources of a configuration.
   *
   * @param feedback the plan for the database, or null if it is not configured
   * @param observations files, empty if the source is not configured
   * @param generated files, empty if the source is not configured
   */
  public static ReadSources of(
      DatasetConfig config,
      @Nullable FeedbackPlan feedback,
      List<InputFile> observations,
      List<InputFile> generated) {
    return new ReadSources(config, feedback, observations, generated, 1, null);
  }

  /** Returns a step that reads at most a number of records per source, or all if it is null. */
  public ReadSources limitedTo(@Nullable Integer records) {
    return new ReadSources(config, feedback, observations, generated, fewestLoads, records);
  }

  /**
   * Returns a step that reads each source in at least a number of bundles, if it has as many
   * ranges.
   */
  public ReadSources inAtLeast(int loads) {
    return new ReadSources(config, feedback, observations, generated, loads, limit);
  }

  @Override
  public SourceOutput expand(PBegin begin) {
    List<SourceOutput> sources = new ArrayList<>();
    if (feedback != null) {
      SourceOutput read = begin.apply("ReadFeedback", ReadFeedback.of(feedback, config));
      sources.add(limited(read, SourceName.FEEDBACK));
    }
    Map<SourceName, ReadRanges> files = new EnumMap<>(SourceName.class);
    if (!observations.isEmpty()) {
      files.put(SourceName.OBSERVATIONS, ReadObservations.from(config, observations));
    }
    if (!generated.isEmpty()) {
      files.put(SourceName.GENERATED, ReadGenerated.from(config, generated));
    }
    if (limit == null) {
      files.values().stream()
          .reduce(ReadRanges::and)
          .ifPresent(all -> sources.add(begin.apply("ReadFiles", all.inAtLeast(fewestLoads))));
    } else {
      files.forEach(
          (source, ranges) ->
              sources.add(
                  limited(
                      begin.apply("Read " + source.key(), ranges.inAtLeast(fewestLoads)), source)));
    }
    return SourceOutput.flatten(sources);
  }

  private SourceOutput limited(SourceOutput read, SourceName source) {
    return limit == null
        ? read
        : read.apply("Limit " + source.key(), LimitRecords.of(source, limit));
  }
}
