package dev.attune.pipeline.write.part;

import dev.attune.place.CloudStorage;
import dev.attune.place.ObjectPlace;
import dev.attune.place.Place;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.channels.Channels;
import java.util.UUID;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;

/**
 * The folder of a run's parts: on this machine, on a file system that all workers share, or in a
 * bucket. A bundle that is retried writes a second file; only the file of the successful attempt is
 * read.
 *
 * @param path with a slash at the end; may be {@code gs://bucket/name/}
 */
public record TemporaryFolder(String path) implements Serializable {
  private static final int BUFFER_BYTES = 1 << 16;

  /** Returns a file name that no other attempt of any worker uses. */
  public static String uniqueName(String purpose, int bucket) {
    return purpose + "-" + bucket + "-" + UUID.randomUUID();
  }

  /** Opens a new file for writing. */
  public OutputStream create(String name) throws IOException {
    return new BufferedOutputStream(
        place(name) instanceof ObjectPlace object
            ? CloudStorage.create(object)
            : Channels.newOutputStream(
                FileSystems.create(resource(name), "application/octet-stream")),
        BUFFER_BYTES);
  }

  /** Returns a folder in this one, which need not exist. */
  public TemporaryFolder below(String name) {
    return new TemporaryFolder(path + name + "/");
  }

  /** Writes a small file, also where another attempt has written one of this name. */
  public void replace(String name, byte[] content) throws IOException {
    place(name).replace(content);
  }

  /** Opens a file for reading. */
  public InputStream open(String name) throws IOException {
    return new BufferedInputStream(
        place(name) instanceof ObjectPlace object
            ? object.open()
            : Channels.newInputStream(FileSystems.open(resource(name))),
        BUFFER_BYTES);
  }

  /** Returns where a file is. */
  public Place place(String name) {
    return Place.written(path).resolve(name);
  }

  /** Returns a file of this machine as Beam names it. */
  public ResourceId resource(String name) {
    return FileSystems.matchNewResource(path, true)
        .resolve(name, StandardResolveOptions.RESOLVE_FILE);
  }
}
