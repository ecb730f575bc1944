package dev.attune.format.json;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a file in one buffer, which grows up to the longest line that is taken and is
 * otherwise read again and again. Behind each line stands a line feed and {@link JsonCursor#SLACK}.
 */
public final class Lines {
  private static final int FIRST_SIZE = 1 << 20;

  private final InputStream file;
  private final int longest;
  private final @Nullable MessageDigest digest;

  private byte[] buffer;
  private int start;
  private int end;
  private int filled;
  private long bytes;
  private boolean atEnd;
  private boolean tooLong;

  /**
   * The lines of a stream.
   *
   * @param longest bytes of a line; of longer ones the beginning is shown
   * @param digest is given every byte, or null
   */
  public Lines(InputStream file, int longest, @Nullable MessageDigest digest) {
    this.file = file;
    // A line of that length and its line feed.
    this.longest = longest + 1;
    this.digest = digest;
    this.buffer = new byte[Math.min(this.longest, FIRST_SIZE) + JsonCursor.SLACK];
    this.end = -1;
  }

  /** Steps to the next line; false where the file ends. */
  public boolean next() throws IOException {
    tooLong = false;
    start = end + 1;
    int feed = feed(start);
    while (feed < 0 && !atEnd) {
      int searched = filled;
      int moved = makeRoom();
      if (moved < 0) {
        return skipLongLine();
      }
      fill();
      feed = feed(searched - moved);
    }
    if (feed < 0) {
      if (start >= filled) {
        return false;
      }
      // The last line has no line feed.
      feed = filled;
      buffer[feed] = '\n';
    }
    end = feed;
    return true;
  }

  public byte[] buffer() {
    return buffer;
  }

  public int start() {
    return start;
  }

  /** Where the line feed stands. */
  public int end() {
    return end;
  }

  /** Whether the line is longer than the longest; only its beginning is in the buffer then. */
  public boolean tooLong() {
    return tooLong;
  }

  /** How much was read so far. */
  public long bytes() {
    return bytes;
  }

  /** Moves what is left to the front or grows; by how much it moved, or -1 where neither helps. */
  private int makeRoom() {
    int moved = start;
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, filled - start);
      filled -= start;
      start = 0;
    } else if (filled == buffer.length - JsonCursor.SLACK) {
      if (filled >= longest) {
        return -1;
      }
      int size = (int) Math.min(longest, 2L * filled);
      buffer = Arrays.copyOf(buffer, size + JsonCursor.SLACK);
    }
    return moved;
  }

  private void fill() throws IOException {
    int room = buffer.length - JsonCursor.SLACK - filled;
    int read = file.read(buffer, filled, room);
    if (read < 0) {
      atEnd = true;
      return;
    }
    if (digest != null) {
      digest.update(buffer, filled, read);
    }
    bytes += read;
    filled += read;
  }

  private boolean skipLongLine() throws IOException {
    tooLong = true;
    int feed = -1;
    while (feed < 0 && !atEnd) {
      start = 0;
      filled = 0;
      fill();
      feed = feed(0);
    }
    end = feed < 0 ? filled : feed;
    start = end;
    return true;
  }

  /** The index of the next line feed, or -1 where none was read yet. */
  private int feed(int from) {
    return ByteScan.indexOf(buffer, from, filled, (byte) '\n');
  }
}
