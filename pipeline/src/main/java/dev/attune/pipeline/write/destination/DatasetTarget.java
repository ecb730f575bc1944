package dev.attune.pipeline.write.destination;

import dev.attune.pipeline.write.part.TemporaryFolder;
import dev.attune.place.Place;
import dev.attune.place.PlaceException;
import dev.attune.schema.DatasetManifest.PublishedFile;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The folder in which one run publishes. All methods can be repeated, on any worker. */
public sealed interface DatasetTarget extends Serializable
    permits FolderTarget, BucketTarget, UnlockedBucket {
  /** The name of the file that makes a folder a dataset. */
  String MANIFEST = "manifest.json";

  /** Returns the folder, which may not exist. */
  Place folder();

  /** Returns the manifest that stands in the folder, or null if there is none. */
  @Nullable StandingManifest standing() throws IOException;

  /** Returns whether the folder has a file of this name, size and hash. */
  boolean has(PublishedFile file) throws IOException;

  /**
   * Puts finished files into the folder, in this order. {@value #MANIFEST}, if it is among them, is
   * the last one.
   *
   * @param from has the files
   * @return false if a manifest stands in the folder already, which has not been replaced
   * @throws PlaceException with a sentence, if another run has taken the lock over, or the place
   *     cannot be written
   */
  boolean publish(TemporaryFolder from, List<PublishedFile> files) throws IOException;
}
