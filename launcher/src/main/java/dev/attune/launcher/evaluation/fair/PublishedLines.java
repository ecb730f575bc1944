package dev.attune.launcher.evaluation.fair;

import dev.attune.filesystem.Sha256;
import dev.attune.schema.DatasetManifest.PublishedFile;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a file of a published dataset, one after the other, and whether they are those that
 * were published. Holds one line at a time.
 */
final class PublishedLines implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final PublishedFile published;
  private final MessageDigest digest;
  private final InputStream in;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  /**
   * Opens a file.
   *
   * @param published what its manifest says of it
   */
  PublishedLines(Path file, PublishedFile published) throws IOException {
    this.published = published;
    this.digest = Sha256.newDigest();
    this.in =
        new BufferedInputStream(
            new DigestInputStream(Files.newInputStream(file), digest), BUFFER_BYTES);
  }

  /** The next line without its line feed, or null after the last. */
  byte @Nullable [] next() throws IOException {
    line.reset();
    int read = in.read();
    if (read < 0) {
      return null;
    }
    while (read >= 0 && read != '\n') {
      line.write(read);
      read = in.read();
    }
    return line.toByteArray();
  }

  /** After the last line: whether the bytes are those that were published. */
  boolean arePublished() {
    return Sha256.hex(digest).equals(published.sha256());
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
