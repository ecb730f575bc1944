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
import java.io.Serializable;
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
  private final Loads loads;

  private ReadSources(
      DatasetConfig config,
      @Nullable FeedbackPlan feedback,
      List<InputFile> observations,
      List<InputFile> generated,
      Loads loads) {
    this.config = config;
    this.feedback = feedback;
    this.observations = observations;
    this.generated = generated;
    this.loads = loads;
  }

  /** How the files are divided among workers. */
  private record Loads(int fewest, @Nullable Integer limit, @Nullable String lists)
      implements Serializable {}

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
    return new ReadSources(config, feedback, observations, generated, new Loads(1, null, null));
  }

  /** Returns a step that reads at most a number of records per source, or all if it is null. */
  public ReadSources limitedTo(@Nullable Integer records) {
    return with(new Loads(loads.fewest, records, loads.lists));
  }

  /**
   * Returns a step that reads each source in at least a number of bundles, if it has as many
   * ranges.
   */
  public ReadSources inAtLeast(int fewest) {
    return with(new Loads(fewest, loads.limit, loads.lists));
  }

  /**
   * Returns a step that writes what is to be read into a folder if that is too long for a pipeline.
   *
   * @param folder which all workers reach, with a slash at the end
   */
  public ReadSources listedIn(String folder) {
    return with(new Loads(loads.fewest, loads.limit, folder));
  }

  private ReadSources with(Loads others) {
    return new ReadSources(config, feedback, observations, generated, others);
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
    if (loads.limit == null) {
      files.values().stream()
          .reduce(ReadRanges::and)
          .ifPresent(all -> sources.add(begin.apply("ReadFiles", divided(all))));
    } else {
      files.forEach(
          (source, ranges) ->
              sources.add(limited(begin.apply("Read " + source.key(), divided(ranges)), source)));
    }
    return SourceOutput.flatten(sources);
  }

  private ReadRanges divided(ReadRanges files) {
    return files.inAtLeast(loads.fewest).listedIn(loads.lists);
  }

  private SourceOutput limited(SourceOutput read, SourceName source) {
    return loads.limit == null
        ? read
        : read.apply("Limit " + source.key(), LimitRecords.of(source, loads.limit));
  }
}
