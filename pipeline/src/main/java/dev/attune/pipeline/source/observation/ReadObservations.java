package dev.attune.pipeline.source.observation;

import dev.attune.config.DatasetConfig;
import dev.attune.config.SourcesConfig.Observations;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.source.file.ReadRanges;
import dev.attune.pipeline.source.file.ReadRules;
import dev.attune.pipeline.source.file.storage.FileType;
import dev.attune.pipeline.source.file.storage.InputFile;
import dev.attune.pipeline.stage.SourceOutput;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;

/**
 * Reads observations. Their answers are still empty; their categories are as the experts wrote
 * them. Keeps no order.
 */
public final class ReadObservations extends PTransform<PBegin, SourceOutput> {
  private static final long serialVersionUID = 1;

  private final ReadRanges ranges;

  private ReadObservations(ReadRanges ranges) {
    this.ranges = ranges;
  }

  /** Returns the types of file that the source takes. */
  public static Set<FileType> fileTypes() {
    return EnumSet.allOf(FileType.class);
  }

  /**
   * Creates a step that reads these files.
   *
   * @param config with observations among its sources
   */
  public static ReadObservations from(DatasetConfig config, List<InputFile> files) {
    Observations observations = Objects.requireNonNull(config.sources().observations());
    var rules =
        new ReadRules(
            SourceName.OBSERVATIONS,
            config.dataset(),
            observations.separator(),
            config.rules().limits());
    var mapping =
        new ObservationMapping(
            observations.columns(), observations.categorySeparator(), config.systemInstruction());
    return new ReadObservations(ReadRanges.of(files, rules, mapping));
  }

  /** Returns the step that reads the ranges of its files. */
  public ReadRanges ranges() {
    return ranges;
  }

  @Override
  public SourceOutput expand(PBegin begin) {
    return begin.apply("ReadRanges", ranges);
  }
}
