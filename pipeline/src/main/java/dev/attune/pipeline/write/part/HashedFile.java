package dev.attune.pipeline.write.part;

import dev.attune.bytes.Sha256;
import dev.attune.pipeline.accounting.WorkDone;
import dev.attune.pipeline.accounting.WorkDone.Kind;
import dev.attune.schema.DatasetManifest.PublishedFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;

/** Writes a file of the dataset; counts its bytes and lines and computes its hash. */
public final class HashedFile implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final String name;
  private final OutputStream out;
  private final MessageDigest sha256 = Sha256.newDigest();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int buffered;
  private long bytes;
  private long lines;

  public HashedFile(String name, TemporaryFolder folder) throws IOException {
    this(name, folder.create(name));
  }

  public HashedFile(String name, OutputStream out) {
    this.name = name;
    this.out = out;
  }

  public void write(byte[] more) throws IOException {
    if (more.length > buffer.length - buffered) {
      flush();
    }
    if (more.length > buffer.length) {
      pass(more, more.length);
    } else {
      System.arraycopy(more, 0, buffer, buffered, more.length);
      buffered += more.length;
    }
  }

  public void writeLine(byte[] line) throws IOException {
    write(line);
    write(LINE_FEED);
  }

  private static final byte[] LINE_FEED = {'\n'};

  /** Appends the content of a stream. */
  public void copy(InputStream in) throws IOException {
    flush();
    int read;
    while ((read = in.read(buffer)) >= 0) {
      pass(buffer, read);
    }
  }

  private void flush() throws IOException {
    pass(buffer, buffered);
    buffered = 0;
  }

  private void pass(byte[] block, int length) throws IOException {
    sha256.update(block, 0, length);
    out.write(block, 0, length);
    bytes += length;
    WorkDone.add(Kind.FILE_BYTES, length);
    for (int i = 0; i < length; i++) {
      if (block[i] == '\n') {
        lines++;
      }
    }
  }

  /** Closes the file and returns its entry in the manifest. */
  public PublishedFile finish() throws IOException {
    flush();
    out.close();
    return new PublishedFile(name, Sha256.hex(sha256), bytes, lines);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
