package dev.attune.pipeline.source.file.storage;

import dev.attune.message.Messages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.function.LongConsumer;

/**
 * The stored bytes of a range. Counts and hashes what is read; after reading, {@link #finish}
 * checks that these are the bytes that were surveyed.
 */
public final class RangeStream extends InputStream {
  private static final int BLOCK = 1 << 16;

  private final FileRange range;
  private final SeekableByteChannel channel;
  private final LongConsumer progress;
  private final RangeHash hash = new RangeHash();
  private long position;

  private RangeStream(FileRange range, SeekableByteChannel channel, LongConsumer progress)
      throws IOException {
    this.range = range;
    this.channel = channel;
    this.progress = progress;
    this.position = range.start();
    channel.position(position);
  }

  /**
   * Opens a surveyed range.
   *
   * @param progress receives how many more bytes were read
   * @throws RefusedFileException if the file has another size than before, or can no longer be
   *     opened
   */
  public static RangeStream open(FileRange range, LongConsumer progress) throws IOException {
    try {
      SeekableByteChannel channel = InputStorage.open(range.path());
      if (channel.size() != range.fileBytes()) {
        channel.close();
        throw changed(range);
      }
      return new RangeStream(range, channel, progress);
    } catch (NoSuchFileException | AccessDeniedException e) {
      throw new RefusedFileException(range.name(), Messages.of("pipeline.reading.gone"));
    }
  }

  /** Opens a whole file that was not surveyed; {@link #finish} must not be called. */
  public static RangeStream openUnsurveyed(FoundFile file) throws IOException {
    SeekableByteChannel channel = InputStorage.open(file.path());
    long size = channel.size();
    var range = new FileRange(file.name(), file.path(), file.type(), size, "", 0, size, 1);
    return new RangeStream(range, channel, bytes -> {});
  }

  FileRange range() {
    return range;
  }

  /** Returns how many bytes were read so far. */
  long count() {
    return position - range.start();
  }

  /** Returns how many bytes the whole range has. */
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
    progress.accept(count);
    return count;
  }

  /**
   * Reads the rest of the range, which the reader of a truncated file may leave, and checks all.
   *
   * @throws RefusedFileException if its bytes, or the size of its file, are not those that were
   *     surveyed
   */
  public void finish() throws IOException {
    byte[] block = new byte[position < range.end() ? BLOCK : 1];
    while (read(block, 0, block.length) >= 0) {
      // Only the hash is needed.
    }
    if (!hash.next().equals(range.hash()) || channel.size() != range.fileBytes()) {
      throw changed(range);
    }
  }

  /** Returns the size of the rest of the range. GZIPInputStream calls it after each member. */
  @Override
  public int available() {
    return (int) Math.min(Integer.MAX_VALUE, range.end() - position);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static RefusedFileException changed(FileRange range) {
    return new RefusedFileException(range.name(), Messages.of("pipeline.reading.changed"));
  }
}
