package dev.attune.pipeline.source.file.cut;

import dev.attune.bytes.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A window over a stream that keeps the current record contiguous. A record larger than the limit
 * is not kept but hashed, so that the window never has more than the limit and one block in memory.
 *
 * <p>Cutters move {@link #at} over {@link #bytes} up to {@link #limit} and then call {@link #more}.
 */
public final class ByteWindow {
  private static final int BLOCK = 1 << 17;

  private final InputStream in;
  private final int recordBytes;

  /** The buffered part of the stream; {@link #more} may replace the array. */
  byte[] bytes;

  /** Index of the next byte to read. */
  int at;

  /** Index after the last buffered byte. */
  int limit;

  private int start;
  private long before;
  private long droppedBytes;
  private @Nullable MessageDigest dropped;

  public ByteWindow(InputStream in, int recordBytes) {
    this.in = in;
    this.recordBytes = recordBytes;
    this.bytes = new byte[BLOCK];
  }

  /** Starts a record at {@link #at}. */
  void begin() {
    start = at;
    droppedBytes = 0;
    dropped = null;
  }

  /** Goes back to the start of the record, which must be {@linkplain #isWhole buffered}. */
  void rewind() {
    at = start;
  }

  /** Returns whether all of the record before {@link #at} is buffered. */
  boolean isWhole() {
    return droppedBytes == 0;
  }

  /** Returns the index of the record's first buffered byte. */
  int start() {
    return start;
  }

  /** Returns how many bytes of the stream are before {@link #at}. */
  long offset() {
    return before + at;
  }

  /** Returns how many bytes of the record are before {@link #at}. */
  long taken() {
    return droppedBytes + at - start;
  }

  /** Returns whether there is a byte at {@link #at}; reads more if necessary. */
  boolean has() throws IOException {
    return at < limit || more();
  }

  /** Returns whether the record's last byte before {@link #at} is this one. */
  boolean endsIn(byte last) {
    return at > start && bytes[at - 1] == last;
  }

  /** Returns how many bytes of JSON white space end the record before {@link #at}. */
  int spaceAtEnd() {
    int end = at;
    while (end > start && isSpace(bytes[end - 1])) {
      end--;
    }
    return at - end;
  }

  /** Returns whether a byte is white space in JSON. */
  static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  /**
   * Reads more bytes after {@link #limit}. Moves the buffered part of the record and {@link #at}.
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

  /** Moves {@link #at} to the next such byte; returns false at the end of the stream. */
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

  /**
   * Fills the record with the bytes from its start to {@code unwanted} bytes before {@link #at}.
   */
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
      dropped = Sha256.newDigest();
    }
    dropped.update(bytes, start, end - start);
    droppedBytes += end - start;
    start = end;
  }
}
