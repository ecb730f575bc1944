package dev.attune.pipeline.source.generated;

import dev.attune.config.DatasetConfig;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.source.file.ReadRanges;
import dev.attune.pipeline.source.file.ReadRules;
import dev.attune.pipeline.source.file.storage.FileType;
import dev.attune.pipeline.source.file.storage.InputFile;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The source of generated samples. */
public final class ReadGenerated {
  private ReadGenerated() {}

  /** Returns the types of file that the source takes. */
  public static Set<FileType> fileTypes() {
    return EnumSet.of(FileType.JSONL);
  }

  /** Creates a step that reads generated samples. */
  public static ReadRanges from(DatasetConfig config, List<InputFile> files) {
    var rules = ReadRules.of(SourceName.GENERATED, config.dataset(), config.rules().limits());
    return ReadRanges.of(files, rules, new SampleMapping(config.systemInstruction()));
  }
}
