package dev.attune.pipeline.source.file;

import dev.attune.pipeline.accounting.WorkDone;
import dev.attune.pipeline.accounting.WorkDone.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The stored bytes of a range; counts and hashes what was read. The one place where files of
 * records are opened. Whoever has read what there is asks {@link #finish} whether it is what was
 * surveyed.
 */
final class RangeStream extends InputStream {
  private static final int BLOCK = 1 << 16;

  private final FileRange range;
  private final FileChannel channel;
  private final RangeHash hash = new RangeHash();
  private long position;

  private RangeStream(FileRange range, FileChannel channel) throws IOException {
    this.range = range;
    this.channel = channel;
    this.position = range.start();
    channel.position(position);
  }

  static RangeStream open(FileRange range) throws IOException {
    try {
      Path path = Path.of(range.path());
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
      if (channel.size() != range.fileBytes()) {
        channel.close();
        throw changed(range);
      }
      return new RangeStream(range, channel);
    } catch (NoSuchFileException | AccessDeniedException e) {
      throw new RefusedFileException(
          range.name(), "The file can no longer be opened: put it back, or allow reading it.");
    }
  }

  /** Bytes read so far. */
  long count() {
    return position - range.start();
  }

  /** Bytes of the whole range. */
  long size() {
    return range.end() - range.start();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int most = (int) Math.min(length, range.end() - position);
    if (most == 0) {
      return length == 0 ? 0 : -1;
    }
    int count = channel.read(ByteBuffer.wrap(into, offset, most));
    if (count < 0) {
      throw changed(range);
    }
    hash.update(into, offset, count);
    position += count;
    WorkDone.add(Kind.INPUT_BYTES, count);
    return count;
  }

  /**
   * Reads what is left of the range, which a truncated file may leave.
   *
   * @throws RefusedFileException where its bytes, or the size of its file, are not those that were
   *     surveyed
   */
  void finish() throws IOException {
    byte[] block = new byte[position < range.end() ? BLOCK : 1];
    while (read(block, 0, block.length) >= 0) {
      // Only its hash is wanted.
    }
    if (!hash.next().equals(range.hash()) || channel.size() != range.fileBytes()) {
      throw changed(range);
    }
  }

  /** What is left of the range: gzip looks here for a further member. */
  @Override
  public int available() {
    return (int) Math.min(Integer.MAX_VALUE, range.end() - position);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static RefusedFileException changed(FileRange range) {
    return new RefusedFileException(
        range.name(), "The file changed while it was read: run again when it is complete.");
  }
}
