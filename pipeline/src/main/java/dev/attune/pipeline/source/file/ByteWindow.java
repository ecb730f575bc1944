package dev.attune.pipeline.source.file;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A window over a stream that keeps the record being cut in one piece. Of a record larger than the
 * limit it keeps nothing and goes on hashing, so that the window never holds more than the limit
 * and one block.
 *
 * <p>Cutters move {@link #at} over {@link #bytes} up to {@link #limit} and ask for {@link #more}.
 */
final class ByteWindow {
  private static final int BLOCK = 1 << 17;

  private final InputStream in;
  private final int recordBytes;

  /** What is here of the stream; another array after {@link #more}. */
  byte[] bytes;

  /** The next byte to look at. */
  int at;

  /** Behind the last byte that is here. */
  int limit;

  private int start;
  private long before;
  private long droppedBytes;
  private @Nullable MessageDigest dropped;

  ByteWindow(InputStream in, int recordBytes) {
    this.in = in;
    this.recordBytes = recordBytes;
    this.bytes = new byte[BLOCK];
  }

  /** A record starts at {@link #at}. */
  void begin() {
    start = at;
    droppedBytes = 0;
    dropped = null;
  }

  /** Goes back to where the record starts, all of which must be here. */
  void rewind() {
    at = start;
  }

  /** Whether all of the record before {@link #at} is here. */
  boolean isWhole() {
    return droppedBytes == 0;
  }

  /** The first byte that is here of the record. */
  int start() {
    return start;
  }

  /** How many bytes of the stream lie before {@link #at}. */
  long offset() {
    return before + at;
  }

  /** How many bytes of the record lie before {@link #at}. */
  long taken() {
    return droppedBytes + at - start;
  }

  /** Whether there is a byte at {@link #at}; brings more if need be. */
  boolean has() throws IOException {
    return at < limit || more();
  }

  /** Whether the record's last byte before {@link #at} is this one. */
  boolean endsIn(byte last) {
    return at > start && bytes[at - 1] == last;
  }

  /** How many bytes of JSON white space lie at the record's end, before {@link #at}. */
  int spaceAtEnd() {
    int end = at;
    while (end > start && isSpace(bytes[end - 1])) {
      end--;
    }
    return at - end;
  }

  /** White space as JSON has it. */
  static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  /**
   * Brings more bytes behind {@link #limit}. What is here of the record moves, {@link #at} with it.
   *
   * @return false at the end of the stream
   */
  boolean more() throws IOException {
    if ((long) limit - start > recordBytes + 2L) {
      drop(limit - 1); // The last byte may be the CR of a line end, which does not count.
    }
    if (start > 0) {
      System.arraycopy(bytes, start, bytes, 0, limit - start);
      at -= start;
      limit -= start;
      before += start;
      start = 0;
    }
    if (limit == bytes.length) {
      long enough = Math.min(2L * bytes.length, (long) recordBytes + BLOCK);
      bytes = Arrays.copyOf(bytes, (int) Math.min(enough, Integer.MAX_VALUE - 8));
    }
    int count = in.read(bytes, limit, bytes.length - limit);
    limit += Math.max(count, 0);
    return count > 0;
  }

  /** Looks for a byte from {@link #at} on; {@link #at} is there or at the end of the stream. */
  boolean find(byte wanted) throws IOException {
    do {
      byte[] here = bytes;
      int end = limit;
      int i = at;
      while (i < end && here[i] != wanted) {
        i++;
      }
      at = i;
      if (i < end) {
        return true;
      }
    } while (more());
    return false;
  }

  /** Hands out the record from where it began up to {@code unwanted} bytes before {@link #at}. */
  void take(int unwanted, long line, RawRecord record) {
    int end = Math.max(start, at - unwanted);
    long size = droppedBytes + end - start;
    if (size > recordBytes) {
      drop(end);
      record.setDropped(size, Objects.requireNonNull(dropped).digest(), line);
    } else {
      record.set(bytes, start, end, line);
    }
  }

  private void drop(int end) {
    if (dropped == null) {
      dropped = Hashes.sha256();
    }
    dropped.update(bytes, start, end - start);
    droppedBytes += end - start;
    start = end;
  }
}
