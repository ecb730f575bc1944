package dev.attune.pipeline.split;

import java.io.Serializable;
import java.util.Comparator;

/**
 * Records that the split never divides: all of them go to one split.
 *
 * @param orderHash the hash of the seed and the smallest group, unsigned; units are ordered by it
 * @param examples the number of new records in it that are kept, at least 1
 * @param bytes the size of their lines, with line feeds
 * @param carriedIn the files of the previous dataset that have examples of the unit
 */
public record Unit(long orderHash, int examples, long bytes, CarriedIn carriedIn)
    implements Serializable {
  /** A placeholder for no unit, so that no grouped collection is empty. */
  static final Unit NONE = new Unit(0, 0, 0, CarriedIn.NEITHER);

  /** Compares units by their order. */
  static final Comparator<Unit> IN_ORDER = (a, b) -> Long.compareUnsigned(a.orderHash, b.orderHash);

  /**
   * Returns the number of the range, of {@code ranges} equal ones, that contains the hash of the
   * unit.
   */
  int range(int ranges) {
    return (int) Math.multiplyHigh(orderHash >>> 1, (long) ranges << 1);
  }
}
