package dev.attune.pipeline.source.file.storage;

import dev.attune.message.Messages;
import dev.attune.place.CloudStorage;
import dev.attune.place.ObjectPlace;
import dev.attune.place.Place;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.apache.beam.sdk.io.FileSystems;

/**
 * Opens files of this machine through Beam's file systems, and the pinned generations of objects.
 */
final class InputStorage {
  private InputStorage() {}

  /** Opens a file for reading it once, from its start. */
  static ReadableByteChannel open(FoundFile file) throws IOException {
    return file.pin() == null
        ? open(file.path())
        : CloudStorage.channel((ObjectPlace) Place.written(file.path()), file.generation());
  }

  /**
   * Opens a file of this machine for reading at any position.
   *
   * @throws NoSuchFileException if there is no such file
   * @throws AccessDeniedException if this process may not read it
   */
  static SeekableByteChannel open(String path) throws IOException {
    try {
      ReadableByteChannel channel = FileSystems.open(FileSystems.matchNewResource(path, false));
      if (channel instanceof SeekableByteChannel seekable) {
        return seekable;
      }
      channel.close();
      throw new IOException(Messages.of("pipeline.input.not-seekable"));
    } catch (FileNotFoundException e) {
      throw path.startsWith("/") && Files.exists(Path.of(path))
          ? new AccessDeniedException(path)
          : new NoSuchFileException(path);
    }
  }
}
