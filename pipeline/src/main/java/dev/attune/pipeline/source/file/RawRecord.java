package dev.attune.pipeline.source.file;

import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one record, without its line end. It is filled again for every record of a file, and
 * its bytes are only lent until then.
 */
final class RawRecord {
  private final String file;
  private byte[] bytes = new byte[0];
  private int start;
  private int end;
  private long size;
  private long line;
  private long element;
  private boolean partial;
  private byte @Nullable [] digest;

  RawRecord(String file) {
    this.file = file;
  }

  void set(byte[] lent, int from, int to, long firstLine) {
    bytes = lent;
    start = from;
    end = to;
    size = length();
    line = firstLine;
    element = 0;
    partial = false;
    digest = null;
  }

  /** A record of which nothing is kept but its size and hash. */
  void setDropped(long droppedSize, byte[] sha256, long firstLine) {
    set(new byte[0], 0, 0, firstLine);
    size = droppedSize;
    digest = sha256.clone();
  }

  /** Marks it as cut off by the end of a truncated file. */
  void markPartial() {
    partial = true;
  }

  /** Names it by its number in its array too, from 1. */
  void markElement(long number) {
    element = number;
  }

  byte[] bytes() {
    return bytes;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  int length() {
    return end - start;
  }

  /** Of the whole record, kept or not. */
  long size() {
    return size;
  }

  /** Where it starts, from 1. */
  long line() {
    return line;
  }

  boolean tooLarge() {
    return digest != null;
  }

  boolean partial() {
    return partial;
  }

  /** {@code file:line}, the line where it starts; of an array {@code file:line#element}. */
  String location() {
    return element == 0 ? file + ":" + line : file + ":" + line + "#" + element;
  }

  /** Of the whole record, kept or not. */
  byte[] sha256() {
    if (digest != null) {
      return digest.clone();
    }
    MessageDigest sha256 = Hashes.sha256();
    sha256.update(bytes, start, end - start);
    return sha256.digest();
  }
}
