package dev.attune.bench.generator;

import java.math.BigInteger;

/**
 * Assigns records to children. A child has 1 to 50 records, each size equally often, which are
 * scattered over all files: records are renumbered by a permutation, and a child gets adjacent new
 * numbers.
 */
final class ChildAssignment {
  private static final long STRIDE = 2_654_435_761L; // prime, so it permutes any smaller range
  private static final int SIZES = 50;
  private static final int CYCLE = SIZES * (SIZES + 1) / 2;

  private final int records;
  private final long inverse;
  private final int[] childOf = new int[CYCLE];

  ChildAssignment(int records) {
    this.records = records;
    this.inverse =
        records == 1
            ? 0
            : BigInteger.valueOf(STRIDE).modInverse(BigInteger.valueOf(records)).longValueExact();
    int at = 0;
    for (int child = 0; child < SIZES; child++) {
      // 17 and 50 have no common factor, so every size occurs once.
      int size = child * 17 % SIZES + 1;
      for (int i = 0; i < size; i++) {
        childOf[at++] = child;
      }
    }
  }

  /** Returns the number of a record's child. */
  int child(int record) {
    return childAt(place(record));
  }

  /** Returns the previous record of the same child, or -1 if this is its first one. */
  int mateBefore(int record) {
    int place = place(record);
    boolean together = place > 0 && childAt(place - 1) == childAt(place);
    return together ? (int) Math.floorMod((place - 1) * inverse, (long) records) : -1;
  }

  /** Returns whether this is the child's only record. */
  boolean isAlone(int record) {
    int place = place(record);
    boolean before = place > 0 && childAt(place - 1) == childAt(place);
    boolean behind = place + 1 < records && childAt(place + 1) == childAt(place);
    return !before && !behind;
  }

  private int place(int record) {
    return (int) Math.floorMod(record * STRIDE, (long) records);
  }

  private int childAt(int place) {
    return place / CYCLE * SIZES + childOf[place % CYCLE];
  }
}
