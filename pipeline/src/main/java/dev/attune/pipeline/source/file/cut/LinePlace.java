package dev.attune.pipeline.source.file.cut;

import java.io.Serializable;
import java.util.Comparator;

/**
 * Where a line begins. Lines of an object are not counted before it is read, in parts and by
 * several workers; the offset of their first byte is their place.
 *
 * @param file the name of the file
 * @param at the number of the line, from 1, or the offset in the file's unpacked text, from 0
 * @param isOffset which of the two
 */
public record LinePlace(String file, long at, boolean isOffset)
    implements Comparable<LinePlace>, Serializable {
  private static final Comparator<LinePlace> ORDER =
      Comparator.comparing(LinePlace::file).thenComparingLong(LinePlace::at);

  /** Returns the place of a line with a number. */
  public static LinePlace ofLine(String file, long number) {
    return new LinePlace(file, number, false);
  }

  /** Compares by file, then by the order of lines. */
  @Override
  public int compareTo(LinePlace other) {
    return ORDER.compare(this, other);
  }

  /** Returns {@code file:line} or {@code file@offset}. */
  @Override
  public String toString() {
    return file + (isOffset ? "@" : ":") + at;
  }
}
