package dev.attune.runner.stream;

import java.io.InputStream;

/** A part of a byte array that coders read from. Not synchronized; can be set to another part. */
public final class ByteSource extends InputStream {
  private byte[] array = new byte[0];
  private int position;
  private int end;

  /** Sets the part to read. */
  public ByteSource set(byte[] bytes, int offset, int length) {
    array = bytes;
    position = offset;
    end = offset + length;
    return this;
  }

  @Override
  public int read() {
    return position < end ? array[position++] & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    int count = Math.min(length, end - position);
    if (count == 0) {
      return -1;
    }
    System.arraycopy(array, position, target, offset, count);
    position += count;
    return count;
  }

  @Override
  public long skip(long count) {
    int skipped = (int) Math.max(0, Math.min(count, end - position));
    position += skipped;
    return skipped;
  }

  @Override
  public int available() {
    return end - position;
  }

  /** Reads an int that {@link ByteSink#writeVarInt} wrote. */
  public int readVarInt() {
    int result = 0;
    int shift = 0;
    int next;
    do {
      next = array[position++];
      result |= (next & 0x7f) << shift;
      shift += 7;
    } while (next < 0);
    return result;
  }

  /** Reads an int that {@link ByteSink#writeInt} wrote. */
  public int readInt() {
    int result =
        array[position] << 24
            | (array[position + 1] & 0xff) << 16
            | (array[position + 2] & 0xff) << 8
            | (array[position + 3] & 0xff);
    position += 4;
    return result;
  }

  /** Reads a long that {@link ByteSink#writeLong} wrote. */
  public long readLong() {
    long high = readInt();
    return high << 32 | (readInt() & 0xffffffffL);
  }

  /** The array that is read. */
  public byte[] array() {
    return array;
  }

  /** The index of the next byte in the array. */
  public int position() {
    return position;
  }
}
