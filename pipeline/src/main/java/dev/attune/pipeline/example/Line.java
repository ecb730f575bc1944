package dev.attune.pipeline.example;

import java.util.Arrays;

/**
 * The UTF-8 bytes of a line, without the line feed. The array is not copied and must not be
 * changed.
 */
public final class Line {
  private final byte[] bytes;

  public Line(byte[] bytes) {
    this.bytes = bytes;
  }

  public byte[] bytes() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Line line && Arrays.equals(bytes, line.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return bytes.length + " bytes";
  }
}
