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
import dev.attune.pipeline.stage.ReadRecords;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.jspecify.annotations.Nullable;

/**
 * Reads every source of a configuration, and flattens what was read. The first stage: it needs no
 * input.
 *
 * <p>Output: {@link ReadRecords}; what is rejected here, and why, is said by the reader of each
 * source. Deterministic, as far as the database does not change. Keeps no order.
 */
public final class ReadSources extends PTransform<PBegin, ReadRecords> {
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

  /** The database if it is planned to be read, and files where there are any. */
  public static ReadSources of(
      DatasetConfig config,
      @Nullable FeedbackPlan feedback,
      List<InputFile> observations,
      List<InputFile> generated) {
    return new ReadSources(config, feedback, observations, generated, 1, null);
  }

  /** Returns a step that reads so many records of each source, or all for null. */
  public ReadSources limitedTo(@Nullable Integer records) {
    return new ReadSources(config, feedback, observations, generated, fewestLoads, records);
  }

  /** The files of each source in so many bundles at least, as far as they can be cut. */
  public ReadSources inAtLeast(int loads) {
    return new ReadSources(config, feedback, observations, generated, loads, limit);
  }

  @Override
  public ReadRecords expand(PBegin begin) {
    List<ReadRecords> sources = new ArrayList<>();
    if (feedback != null) {
      ReadRecords read = begin.apply("ReadFeedback", ReadFeedback.of(feedback, config));
      sources.add(limited(read, SourceName.FEEDBACK));
    }
    Map<SourceName, ReadRanges> files = new EnumMap<>(SourceName.class);
    if (!observations.isEmpty()) {
      files.put(SourceName.OBSERVATIONS, ReadObservations.from(config, observations).ranges());
    }
    if (!generated.isEmpty()) {
      files.put(SourceName.GENERATED, ReadGenerated.from(config, generated).ranges());
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
    return ReadRecords.flatten(sources);
  }

  private ReadRecords limited(ReadRecords read, SourceName source) {
    return limit == null
        ? read
        : read.apply("Limit " + source.key(), LimitRecords.of(source, limit));
  }
}
