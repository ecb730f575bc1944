package dev.attune.pipeline.split;

import java.io.Serializable;
import java.util.Comparator;

/**
 * What is never divided.
 *
 * @param order the hash of the seed and its smallest group; units are ordered by it as unsigned
 * @param examples how many of the records read survive in it, at least 1
 * @param bytes of their lines, with line feeds
 * @param carriedIn where the previous dataset has examples of it
 */
public record Unit(long order, int examples, long bytes, CarriedIn carriedIn)
    implements Serializable {
  /** Creates a unit without carried examples. */
  Unit(long order, int examples, long bytes) {
    this(order, examples, bytes, CarriedIn.NEITHER);
  }

  /** Compares units by their order. */
  static final Comparator<Unit> IN_ORDER = (a, b) -> Long.compareUnsigned(a.order, b.order);

  /** Returns the range of the order that the unit is in, of {@code ranges} equal ones. */
  int range(int ranges) {
    return (int) Math.multiplyHigh(order >>> 1, (long) ranges << 1);
  }
}
