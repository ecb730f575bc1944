package dev.attune.pipeline.source.file.find;

import dev.attune.place.LocalPlace;
import dev.attune.place.ObjectPlace;
import dev.attune.place.Place;
import java.io.File;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Names files as they appear in locations and in the manifest.
 *
 * @param folder that of attune.yaml
 */
record FileNames(Place folder) {
  /**
   * Returns the printable name of a file: relative to the folder, with slashes, so that the same
   * tree elsewhere gives the same names; absolute if it is under another root.
   */
  String of(Path file) {
    boolean oneRoot =
        folder instanceof LocalPlace local
            && Objects.equals(file.getRoot(), local.path().getRoot());
    Path named = oneRoot ? folder.local().relativize(file) : file;
    return ShownName.of(named.toString().replace(File.separatorChar, '/'));
  }

  /**
   * Returns the printable name of an object: relative to the folder if that is in the same bucket,
   * otherwise {@code gs://bucket/name}.
   */
  String of(ObjectPlace object) {
    boolean oneBucket =
        folder instanceof ObjectPlace place && place.bucket().equals(object.bucket());
    return ShownName.of(oneBucket ? object.relativeTo((ObjectPlace) folder) : object.toString());
  }
}
