package dev.attune.pipeline.write.part;

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
 * The temporary folder of a run, on the file system of the dataset. A bundle that is retried writes
 * a second file; only the file of the successful attempt is read.
 *
 * @param path with a slash at the end
 */
public record TemporaryFolder(String path) implements Serializable {
  private static final int BUFFER_BYTES = 1 << 16;

  /** Returns a file name that no other attempt of any worker uses. */
  public static String uniqueName(String purpose, int bucket) {
    return purpose + "-" + bucket + "-" + UUID.randomUUID();
  }

  public OutputStream create(String name) throws IOException {
    return new BufferedOutputStream(
        Channels.newOutputStream(FileSystems.create(resource(name), "application/octet-stream")),
        BUFFER_BYTES);
  }

  public InputStream open(String name) throws IOException {
    return new BufferedInputStream(
        Channels.newInputStream(FileSystems.open(resource(name))), BUFFER_BYTES);
  }

  public ResourceId resource(String name) {
    return FileSystems.matchNewResource(path, true)
        .resolve(name, StandardResolveOptions.RESOLVE_FILE);
  }
}
