package dev.attune.pipeline.accounting;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.io.Serializable;

/**
 * A number of records, and the sum of the hashes of their ids modulo 2^128. The sum does not depend
 * on the order. If one record is lost and another one duplicated, the count stays and the sum
 * changes.
 *
 * @param outcome a source's key, the file of a split, or another name for the records
 * @param count number of records
 * @param high upper 64 bits of the sum
 * @param low lower 64 bits of the sum
 */
public record Tally(String outcome, long count, long high, long low) implements Serializable {
  /** Returns a tally of no records. */
  public static Tally none(String outcome) {
    return new Tally(outcome, 0, 0, 0);
  }

  /** Returns this tally with one more record. */
  public Tally plus(String id) {
    HashValue128 hash = Hashing.xxh3_128().hashCharsTo128Bits(id);
    return plus(1, hash.getMostSignificantBits(), hash.getLeastSignificantBits());
  }

  /**
   * Returns this tally with one record counted under another id, for a stage that changes the id of
   * a record. The count stays.
   */
  public Tally renamed(String from, String to) {
    HashValue128 out = Hashing.xxh3_128().hashCharsTo128Bits(from);
    long outHigh = out.getMostSignificantBits();
    long outLow = out.getLeastSignificantBits();
    long borrow = Long.compareUnsigned(low, outLow) < 0 ? 1 : 0;
    Tally without = new Tally(outcome, count - 1, high - outHigh - borrow, low - outLow);
    return without.plus(to);
  }

  /** Returns the sum of this tally and another, with the outcome of this one. */
  public Tally plus(Tally other) {
    return plus(other.count, other.high, other.low);
  }

  private Tally plus(long moreCount, long moreHigh, long moreLow) {
    long sumLow = low + moreLow;
    long carry = Long.compareUnsigned(sumLow, low) < 0 ? 1 : 0;
    return new Tally(outcome, count + moreCount, high + moreHigh + carry, sumLow);
  }

  /** Returns whether both count the same records. Outcomes are not compared. */
  public boolean sameRecords(Tally other) {
    return count == other.count && high == other.high && low == other.low;
  }
}
