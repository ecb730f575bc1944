package dev.attune.pipeline.write.part;

import dev.attune.bytes.Sha256;
import dev.attune.pipeline.accounting.WorkDone;
import dev.attune.pipeline.accounting.WorkDone.Kind;
import dev.attune.schema.DatasetManifest.PublishedFile;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
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
  private long bytes;
  private long lines;

  public HashedFile(String name, TemporaryFolder folder) throws IOException {
    this(name, folder.create(name));
  }

  public HashedFile(String name, OutputStream to) {
    this.name = name;
    this.out = new BufferedOutputStream(new Measured(to), BUFFER_BYTES);
  }

  public void write(byte[] more) throws IOException {
    out.write(more);
  }

  public void writeLine(byte[] line) throws IOException {
    out.write(line);
    out.write('\n');
  }

  /** Appends the content of a stream. */
  public void copy(InputStream in) throws IOException {
    in.transferTo(out);
  }

  /** Measures the blocks on their way to the file. */
  private final class Measured extends FilterOutputStream {
    Measured(OutputStream to) {
      super(to);
    }

    @Override
    public void write(byte[] block, int offset, int length) throws IOException {
      out.write(block, offset, length);
      sha256.update(block, offset, length);
      bytes += length;
      WorkDone.add(Kind.FILE_BYTES, length);
      for (int i = offset; i < offset + length; i++) {
        lines += block[i] == '\n' ? 1 : 0;
      }
    }
  }

  /** Closes the file and returns its entry in the manifest. */
  public PublishedFile finish() throws IOException {
    out.close();
    return new PublishedFile(name, Sha256.hex(sha256), bytes, lines);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
