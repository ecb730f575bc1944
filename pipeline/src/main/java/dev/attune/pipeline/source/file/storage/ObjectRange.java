package dev.attune.pipeline.source.file.storage;

import dev.attune.place.ChangedObjectException;
import dev.attune.place.PlaceException;
import dev.attune.place.UnansweredCallException;
import java.io.IOException;
import java.util.function.LongConsumer;

/**
 * The lines of an object that begin in a range, or all bytes of an object that is one range. They
 * are of the generation that was found, so that they need no check.
 *
 * <p>Of a range that does not start at 0, the first line begins after the first LF at or after the
 * byte before its start. The last line ends with the first LF at or after the range's last byte.
 * Ranges that follow one another thus give each line once, whatever their sizes.
 */
final class ObjectRange extends RangeStream {
  private static final byte LF = '\n';

  /** Read past the end of a range in the same request: most last lines end there. */
  private static final int OVERLAP = 1 << 16;

  /** The first bytes by which files are checked, see {@code FileHead}. */
  private static final int HEAD = 1 << 16;

  private final ObjectReader in;
  private final LongConsumer progress;
  private byte[] block = new byte[0];
  private int blockAt;
  private int blockEnd;
  private long first;
  private long position;
  private boolean ended;

  private ObjectRange(FileRange range, ObjectReader in, LongConsumer progress) {
    super(range);
    this.in = in;
    this.progress = progress;
    this.first = range.start();
    this.position = range.start();
  }

  static ObjectRange of(FileRange range, LongConsumer progress) throws IOException {
    long from = Math.max(0, range.start() - 1);
    var in =
        new ObjectReader(
            range.path(), range.generation(), range.fileBytes(), from, range.end() + OVERLAP);
    var stream = new ObjectRange(range, in, progress);
    if (range.start() > 0) {
      try {
        stream.skipToFirstLine();
      } catch (IOException e) {
        stream.close();
        throw e;
      }
    }
    return stream;
  }

  /** Opens an object of which only the first bytes will be read. */
  static ObjectRange ofHead(FoundFile file) {
    var range =
        new FileRange(
            file.name(),
            file.path(),
            file.type(),
            file.bytes(),
            "",
            0,
            file.bytes(),
            FileRange.UNCOUNTED,
            file.generation());
    return new ObjectRange(
        range,
        new ObjectReader(file.path(), file.generation(), file.bytes(), 0, HEAD),
        bytes -> {});
  }

  /** Moves past the first LF from the byte before the range to its second last byte. */
  private void skipToFirstLine() throws IOException {
    block = new byte[OVERLAP];
    long at = range().start() - 1;
    while (at < range().end() - 1) {
      blockEnd = Math.max(0, fetch(block, 0, block.length));
      for (blockAt = 0; blockAt < blockEnd && at < range().end() - 1; at++) {
        if (block[blockAt++] == LF) {
          first = at + 1;
          position = first;
          return;
        }
      }
    }
    ended = true;
  }

  @Override
  public long offset() {
    return first;
  }

  @Override
  long count() {
    return position - first;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (ended || length == 0) {
      return ended ? -1 : 0;
    }
    boolean toTheEnd = range().end() == range().fileBytes();
    long last = range().end() - 1; // The line that has this byte ends at it or after it.
    boolean before = position < last;
    int most = toTheEnd || !before ? length : (int) Math.min(length, last - position);
    int count = next(into, offset, most);
    if (count < 0) {
      ended = true;
      return -1;
    }
    if (!toTheEnd && !before) {
      count = upToLineEnd(into, offset, count);
    }
    position += count;
    progress.accept(count);
    return count;
  }

  /** Returns how many of the bytes belong to the last line, and ends the stream behind it. */
  private int upToLineEnd(byte[] bytes, int offset, int count) {
    for (int i = 0; i < count; i++) {
      if (bytes[offset + i] == LF) {
        ended = true;
        return i + 1;
      }
    }
    return count;
  }

  /** Returns the rest of the block in which the first line begins, then what follows. */
  private int next(byte[] into, int offset, int length) throws IOException {
    if (blockAt == blockEnd) {
      return fetch(into, offset, length);
    }
    int count = Math.min(length, blockEnd - blockAt);
    System.arraycopy(block, blockAt, into, offset, count);
    blockAt += count;
    if (blockAt == blockEnd) {
      block = new byte[0];
      blockAt = 0;
      blockEnd = 0;
    }
    return count;
  }

  private int fetch(byte[] into, int offset, int length) throws IOException {
    try {
      return in.read(into, offset, length);
    } catch (ChangedObjectException e) {
      throw changed(range());
    } catch (UnansweredCallException e) {
      throw e; // Reading again may succeed.
    } catch (PlaceException e) {
      throw new RefusedFileException(range().name(), e.sentence());
    }
  }

  @Override
  public void finish() {
    // Only the pinned generation was read.
  }

  @Override
  public void close() {
    in.close();
  }
}
