package dev.attune.runner.stream;

import java.io.OutputStream;
import java.util.Arrays;

/** Growing byte array that coders write to. Not synchronized. */
public final class ByteSink extends OutputStream {
  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  private byte[] array;
  private int size;

  /** Creates an empty sink with room for {@code capacity} bytes. */
  public ByteSink(int capacity) {
    array = new byte[capacity];
  }

  @Override
  public void write(int value) {
    ensure(1);
    array[size++] = (byte) value;
  }

  @Override
  public void write(byte[] source, int offset, int length) {
    ensure(length);
    System.arraycopy(source, offset, array, size, length);
    size += length;
  }

  /** Writes an int in one to five bytes, seven bits each, lowest first. */
  public void writeVarInt(int value) {
    int rest = value;
    while ((rest & ~0x7f) != 0) {
      write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    write(rest);
  }

  /** Writes an int in four bytes. */
  public void writeInt(int value) {
    ensure(4);
    array[size] = (byte) (value >>> 24);
    array[size + 1] = (byte) (value >>> 16);
    array[size + 2] = (byte) (value >>> 8);
    array[size + 3] = (byte) value;
    size += 4;
  }

  /** Writes a long in eight bytes. */
  public void writeLong(long value) {
    writeInt((int) (value >>> 32));
    writeInt((int) value);
  }

  /** The array that holds the bytes; valid until the next write. */
  public byte[] array() {
    return array;
  }

  /** The number of bytes written. */
  public int size() {
    return size;
  }

  /** Forgets all bytes and keeps the array, unless the array has become larger than 1 MiB. */
  public void clear() {
    size = 0;
    if (array.length > 1 << 20) {
      array = new byte[1 << 12];
    }
  }

  /** Returns a copy of the bytes. */
  public byte[] toByteArray() {
    return Arrays.copyOf(array, size);
  }

  private void ensure(int more) {
    long needed = (long) size + more;
    if (needed > array.length) {
      if (needed > LARGEST_ARRAY) {
        throw new OutOfMemoryError("An encoded element is larger than 2 GiB.");
      }
      array = Arrays.copyOf(array, (int) Math.min(LARGEST_ARRAY, Math.max(needed, 2L * size)));
    }
  }
}
