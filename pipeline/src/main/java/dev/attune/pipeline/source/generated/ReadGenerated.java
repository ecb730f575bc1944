package dev.attune.pipeline.source.generated;

import dev.attune.config.DatasetConfig;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.source.file.ReadRanges;
import dev.attune.pipeline.source.file.ReadRules;
import dev.attune.pipeline.source.file.storage.FileType;
import dev.attune.pipeline.source.file.storage.InputFile;
import dev.attune.pipeline.stage.SourceOutput;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;

/** Reads generated samples. Keeps no order. */
public final class ReadGenerated extends PTransform<PBegin, SourceOutput> {
  private static final long serialVersionUID = 1;

  private final ReadRanges ranges;

  private ReadGenerated(ReadRanges ranges) {
    this.ranges = ranges;
  }

  /** Returns the types of file that the source takes. */
  public static Set<FileType> fileTypes() {
    return EnumSet.of(FileType.JSONL);
  }

  /** Creates a step that reads these files. */
  public static ReadGenerated from(DatasetConfig config, List<InputFile> files) {
    var rules = ReadRules.of(SourceName.GENERATED, config.dataset(), config.rules().limits());
    var mapping = new SampleMapping(config.systemInstruction());
    return new ReadGenerated(ReadRanges.of(files, rules, mapping));
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
