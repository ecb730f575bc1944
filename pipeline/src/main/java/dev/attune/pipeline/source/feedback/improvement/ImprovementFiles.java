package dev.attune.pipeline.source.feedback.improvement;

import dev.attune.pipeline.source.file.find.FoundFiles;
import dev.attune.pipeline.source.file.find.InputFiles;
import dev.attune.pipeline.source.file.storage.FileType;
import dev.attune.place.Place;

/** Finds files of improvements. Files of rejected answers beside them are not among them. */
public final class ImprovementFiles {
  /** The ending of files that {@code attune improve} writes beside the improvements. */
  public static final String REJECTED = ".rejected.jsonl";

  private ImprovementFiles() {}

  /**
   * Returns the files that a pattern matches, without those whose names end in {@link #REJECTED}.
   *
   * @param folder of attune.yaml
   * @param mayBeNone whether a pattern with wildcards that matches no file is no fault
   */
  public static FoundFiles find(String pattern, Place folder, boolean mayBeNone) {
    return InputFiles.find(pattern, folder, FileType.JSONL, REJECTED, mayBeNone);
  }
}
