package dev.attune.pipeline.accounting;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.io.Serializable;

/**
 * How many records there are, and the sum of the hashes of their ids modulo 2^128. The sum does not
 * depend on order; a record lost and another one doubled leave the count as it was but not the sum.
 *
 * @param outcome what happened to them: a source's key, a split, or a rejection reason
 * @param count how many
 * @param high the upper 64 bits of the sum
 * @param low the lower 64 bits of the sum
 */
public record Tally(String outcome, long count, long high, long low) implements Serializable {
  /** Nothing yet. */
  public static Tally none(String outcome) {
    return new Tally(outcome, 0, 0, 0);
  }

  /** This and one more record. */
  public Tally plus(String id) {
    HashValue128 hash = Hashing.xxh3_128().hashCharsTo128Bits(id);
    return plus(1, hash.getMostSignificantBits(), hash.getLeastSignificantBits());
  }

  /**
   * This, with one of its records counted under another id: what a stage says that gives a record
   * another id. The count stays as it is.
   */
  public Tally renamed(String from, String to) {
    HashValue128 out = Hashing.xxh3_128().hashCharsTo128Bits(from);
    long outHigh = out.getMostSignificantBits();
    long outLow = out.getLeastSignificantBits();
    long borrow = Long.compareUnsigned(low, outLow) < 0 ? 1 : 0;
    Tally without = new Tally(outcome, count - 1, high - outHigh - borrow, low - outLow);
    return without.plus(to);
  }

  /** The two together, under this outcome. */
  public Tally plus(Tally other) {
    return plus(other.count, other.high, other.low);
  }

  private Tally plus(long moreCount, long moreHigh, long moreLow) {
    long sumLow = low + moreLow;
    long carry = Long.compareUnsigned(sumLow, low) < 0 ? 1 : 0;
    return new Tally(outcome, count + moreCount, high + moreHigh + carry, sumLow);
  }

  /** Whether both count the same records, whatever their outcomes are called. */
  public boolean sameRecords(Tally other) {
    return count == other.count && high == other.high && low == other.low;
  }
}
