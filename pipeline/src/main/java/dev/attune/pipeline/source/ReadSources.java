package dev.attune.pipeline.source;

import dev.attune.config.DatasetConfig;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.source.feedback.FeedbackPlan;
import dev.attune.pipeline.source.feedback.ReadFeedback;
import dev.attune.pipeline.source.file.ReadRanges;
import dev.attune.pipeline.source.file.storage.InputFile;
import dev.attune.pipeline.source.generated.ReadGenerated;
import dev.attune.pipeline.source.observation.ReadObservations;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;

/** Reads every source that is configured, and gives what they give together. Keeps no order. */
public final class ReadSources extends PTransform<PBegin, ReadOutput> {
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
  public ReadOutput expand(PBegin begin) {
    List<ReadOutput> sources = new ArrayList<>();
    if (feedback != null) {
      ReadOutput read = begin.apply("ReadFeedback", ReadFeedback.of(feedback, config));
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
    ReadOutput output =
        ReadOutput.of(
            PCollectionTuple.of(ReadOutput.EXAMPLES, together(ReadOutput.EXAMPLES, sources))
                .and(ReadOutput.REJECTED, together(ReadOutput.REJECTED, sources))
                .and(ReadOutput.TALLIES, together(ReadOutput.TALLIES, sources))
                .and(ReadOutput.REFUSALS, together(ReadOutput.REFUSALS, sources)));
    return withOptional(
        ReadOutput.IMPROVEMENTS, withOptional(ReadOutput.NOTES, output, sources), sources);
  }

  private static <T> ReadOutput withOptional(
      TupleTag<T> tag, ReadOutput output, List<ReadOutput> sources) {
    List<ReadOutput> having = sources.stream().filter(source -> source.has(tag)).toList();
    return having.isEmpty() ? output : output.and(tag, together(tag, having));
  }

  private ReadOutput limited(ReadOutput read, SourceName source) {
    return limit == null ? read : read.limitedTo(limit, source);
  }

  private static <T> PCollection<T> together(TupleTag<T> tag, List<ReadOutput> sources) {
    if (sources.size() == 1) {
      return sources.get(0).get(tag);
    }
    PCollectionList<T> parts = PCollectionList.empty(sources.get(0).getPipeline());
    for (ReadOutput source : sources) {
      parts = parts.and(source.get(tag));
    }
    return parts.apply("Collect " + tag.getId(), Flatten.pCollections());
  }
}
