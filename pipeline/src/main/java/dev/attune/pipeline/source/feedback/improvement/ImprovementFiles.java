package dev.attune.pipeline.source.feedback.improvement;

import dev.attune.pipeline.source.file.find.FoundFiles;
import dev.attune.pipeline.source.file.find.InputFiles;
import dev.attune.pipeline.source.file.storage.FileType;
import dev.attune.place.Place;
import dev.attune.place.PlaceException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

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

  /**
   * Returns the folder in which a file of some name matches a pattern; empty if that is not
   * certain.
   *
   * @param folder of attune.yaml
   */
  public static Optional<Place> folderFor(String pattern, Place folder, String name)
      throws PlaceException {
    return InputFiles.folderFor(pattern, folder, name);
  }

  /** Returns the files of rejected answers in a folder, by name. */
  public static List<Place> rejected(Place folder) {
    return InputFiles.find(List.of("*" + REJECTED), folder, EnumSet.of(FileType.JSONL))
        .files()
        .stream()
        .map(file -> folder.resolve(file.name()))
        .toList();
  }
}
