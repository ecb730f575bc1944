package dev.attune.pipeline.source.observation;

import dev.attune.config.DatasetConfig;
import dev.attune.config.SourcesConfig.Observations;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.source.file.ReadRanges;
import dev.attune.pipeline.source.file.ReadRules;
import dev.attune.pipeline.source.file.storage.FileType;
import dev.attune.pipeline.source.file.storage.InputFile;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The source of observations. */
public final class ReadObservations {
  private ReadObservations() {}

  /** Returns the types of file that the source takes. */
  public static Set<FileType> fileTypes() {
    return EnumSet.allOf(FileType.class);
  }

  /**
   * Creates a step that reads observations. Their answers are still empty; their categories are as
   * the experts wrote them.
   *
   * @param config with observations among its sources
   */
  public static ReadRanges from(DatasetConfig config, List<InputFile> files) {
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
    return ReadRanges.of(files, rules, mapping);
  }
}
