package dev.attune.pipeline.source.file.cut;

import dev.attune.bytes.Sha256;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one record, without its line end. It is reused for all records of a file: its bytes
 * are valid until the next record is read.
 */
public final class RawRecord {
  private final String file;
  private byte[] bytes = new byte[0];
  private int start;
  private int end;
  private long size;
  private long line;
  private long element;
  private boolean atOffset;
  private boolean partial;
  private byte @Nullable [] digest;

  public RawRecord(String file) {
    this.file = file;
  }

  void set(byte[] lent, int from, int to, long firstLine) {
    bytes = lent;
    start = from;
    end = to;
    size = length();
    line = firstLine;
    element = 0;
    atOffset = false;
    partial = false;
    digest = null;
  }

  /** Sets a record that is too large: only its size and hash are kept. */
  void setDropped(long droppedSize, byte[] sha256, long firstLine) {
    set(new byte[0], 0, 0, firstLine);
    size = droppedSize;
    digest = sha256.clone();
  }

  /** Marks the record as cut off by the end of a truncated file. */
  void markPartial() {
    partial = true;
  }

  /** Makes the number of its line the offset of its first byte. */
  void markOffset() {
    atOffset = true;
  }

  /** Adds the record's number in its array, from 1, to its location. */
  void markElement(long number) {
    element = number;
  }

  public byte[] bytes() {
    return bytes;
  }

  public int start() {
    return start;
  }

  public int end() {
    return end;
  }

  public int length() {
    return end - start;
  }

  /** Returns the size of the whole record, kept or not. */
  public long size() {
    return size;
  }

  /** Returns where the line in which the record starts is. */
  public LinePlace place() {
    return new LinePlace(file, line, atOffset);
  }

  public boolean tooLarge() {
    return digest != null;
  }

  public boolean partial() {
    return partial;
  }

  /**
   * Returns {@code file:line} or {@code file@offset} of the record's start; in an array {@code
   * file:line#element}.
   */
  public String location() {
    String start = file + (atOffset ? "@" : ":") + line;
    return element == 0 ? start : start + "#" + element;
  }

  /** Returns the hash of the whole record, kept or not. */
  public byte[] sha256() {
    if (digest != null) {
      return digest.clone();
    }
    MessageDigest sha256 = Sha256.newDigest();
    sha256.update(bytes, start, end - start);
    return sha256.digest();
  }
}
