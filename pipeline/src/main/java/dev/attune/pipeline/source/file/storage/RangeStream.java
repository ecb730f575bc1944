package dev.attune.pipeline.source.file.storage;

import dev.attune.message.Messages;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/**
 * The stored bytes of a range. Counts what is read. After reading, {@link #finish} checks that
 * these are the bytes that were found before the run.
 */
public abstract class RangeStream extends InputStream {
  private final FileRange range;

  RangeStream(FileRange range) {
    this.range = range;
  }

  /**
   * Opens a range of a surveyed file or of an object.
   *
   * @param progress receives how many more bytes were read
   * @throws RefusedFileException if the file is not what it was before, or can no longer be opened
   */
  public static RangeStream open(FileRange range, LongConsumer progress) throws IOException {
    return range.generation() == FileRange.LOCAL
        ? LocalRange.of(range, progress)
        : ObjectRange.of(range, progress);
  }

  /** Opens a whole file that was not surveyed; {@link #finish} must not be called. */
  public static RangeStream openUnsurveyed(FoundFile file) throws IOException {
    return file.pin() == null ? LocalRange.ofWhole(file) : ObjectRange.ofHead(file);
  }

  FileRange range() {
    return range;
  }

  /** Returns the offset of the first byte of the stream. */
  public abstract long offset();

  /** Returns how many bytes were read so far. */
  abstract long count();

  /** Returns how many bytes the whole range has; of lines, about. */
  final long size() {
    return range.end() - range.start();
  }

  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public abstract int read(byte[] into, int offset, int length) throws IOException;

  /**
   * Checks all bytes of the range, also those that the reader of a truncated file has left.
   *
   * @throws RefusedFileException if they, or the size of the file, are not those that were surveyed
   */
  public abstract void finish() throws IOException;

  /** Returns the size of the rest of the range. GZIPInputStream calls it after each member. */
  @Override
  public final int available() {
    return (int) Math.max(0, Math.min(Integer.MAX_VALUE, size() - count()));
  }

  static RefusedFileException changed(FileRange range) {
    return new RefusedFileException(range.name(), Messages.of("pipeline.reading.changed"));
  }
}
