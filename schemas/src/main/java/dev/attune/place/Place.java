package dev.attune.place;

import dev.attune.message.Messages;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a file or folder is, or would be: a path of this machine or {@code gs://bucket/name}. In a
 * bucket a folder is the common beginning of names; it need not be created. Values are compared by
 * what {@link #toString} returns.
 */
public sealed interface Place extends Serializable permits LocalPlace, ObjectPlace {
  /**
   * Returns the place that a user has written.
   *
   * @param text an absolute path, {@code gs://bucket/name}, or either relative to the folder
   * @param folder to which a relative text refers
   * @throws PlaceException with a sentence, if the text is no place or leads above its bucket
   */
  static Place of(String text, Place folder) throws PlaceException {
    if (text.startsWith(ObjectPlace.SCHEME)) {
      return ObjectPlace.of(text);
    }
    // gs:/bucket would be a folder named gs: beside the configuration, with the dataset in it.
    if (text.contains("://") || text.startsWith("gs:")) {
      throw new PlaceException(Messages.of("schemas.place.scheme", PlaceException.shown(text)));
    }
    try {
      Path path = Path.of(text);
      if (path.isAbsolute()) {
        return new LocalPlace(path);
      }
      return folder instanceof LocalPlace local
          ? new LocalPlace(local.path().resolve(path))
          : ((ObjectPlace) folder).below(text);
    } catch (InvalidPathException e) {
      throw new PlaceException(
          Messages.of("schemas.place.not-a-path", PlaceException.shown(text)), e);
    }
  }

  /** Returns the place of a path; a relative one is taken from the working directory. */
  static Place of(Path path) {
    return new LocalPlace(path);
  }

  /**
   * Returns the place whose {@link #toString} is the text.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Place written(String text) {
    try {
      return of(text, of(Path.of("")));
    } catch (PlaceException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /**
   * Returns the place of a name in this folder.
   *
   * @param name without {@code ..}; may have slashes
   */
  Place resolve(String name);

  /** Returns the folder that this place is in, or null for a root and a bucket. */
  @Nullable Place folder();

  /** Returns the last part of the path, or of the name in the bucket. */
  String name();

  /** Returns whether there is a regular file, or a link to one. */
  boolean isFile() throws IOException;

  /** Returns whether there is a folder; in a bucket, whether it has anything in it. */
  boolean isFolder() throws IOException;

  /**
   * Returns the size of the file in bytes.
   *
   * @throws NoSuchFileException if there is none
   */
  long size() throws IOException;

  /**
   * Opens the file.
   *
   * @throws NoSuchFileException if there is none
   */
  InputStream open() throws IOException;

  /**
   * Returns the content of the file.
   *
   * @throws NoSuchFileException if there is none
   */
  default byte[] readAllBytes() throws IOException {
    try (InputStream in = open()) {
      return in.readAllBytes();
    }
  }

  /**
   * Writes a small file, or replaces it, atomically. Its folder must exist; in a bucket there is
   * none to exist. On this machine only its owner can read it.
   *
   * @throws ChangedObjectException if another process replaces the object meanwhile
   */
  void replace(byte[] content) throws IOException;

  /**
   * Returns the path of a place that is known to be on this machine.
   *
   * @throws IllegalStateException if it is in a bucket
   */
  default Path local() {
    if (this instanceof LocalPlace local) {
      return local.path();
    }
    throw new IllegalStateException(this + " is not on this machine");
  }

  /** Returns the absolute path, or {@code gs://bucket/name}. */
  @Override
  String toString();
}
