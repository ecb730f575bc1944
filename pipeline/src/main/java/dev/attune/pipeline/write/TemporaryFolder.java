package dev.attune.pipeline.write;

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
 * The folder of one launch, on the file system that the dataset is published on. A bundle that is
 * tried twice writes two files; only the one that the surviving try names is read.
 *
 * @param path its path, ending in a slash
 */
public record TemporaryFolder(String path) implements Serializable {
  private static final int BUFFER_BYTES = 1 << 16;

  /** A name that no other try of any worker takes. */
  static String uniqueName(String purpose, int bucket) {
    return purpose + "-" + bucket + "-" + UUID.randomUUID();
  }

  OutputStream create(String name) throws IOException {
    return new BufferedOutputStream(
        Channels.newOutputStream(FileSystems.create(resource(name), "application/octet-stream")),
        BUFFER_BYTES);
  }

  InputStream open(String name) throws IOException {
    return new BufferedInputStream(
        Channels.newInputStream(FileSystems.open(resource(name))), BUFFER_BYTES);
  }

  ResourceId resource(String name) {
    return FileSystems.matchNewResource(path, true)
        .resolve(name, StandardResolveOptions.RESOLVE_FILE);
  }
}
