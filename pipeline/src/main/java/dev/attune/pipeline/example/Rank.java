package dev.attune.pipeline.example;

import org.jspecify.annotations.Nullable;

/**
 * A record's place in the survivor order, see docs/near-duplicates.md: carried examples first, then
 * records that are not scored, then the highest quality, the earliest time, the smallest id, the
 * smallest fingerprint. {@code record} comes last so that even two rows that differ only in their
 * location have an order.
 *
 * @param quality the score in tenths, or {@link #NOT_SCORED}
 * @param createdAt microseconds since the epoch, or {@link Example#NO_TIME}
 * @param id the full id
 * @param fingerprint the fingerprint of the line
 * @param record the key of all data of the record
 */
public record Rank(
    @Nullable Split carried,
    int quality,
    long createdAt,
    String id,
    Fingerprint fingerprint,
    Key128 record)
    implements Comparable<Rank> {
  /** The quality of records that are not scored. It is above every score, so they come first. */
  public static final int NOT_SCORED = 101;

  @Override
  public int compareTo(Rank other) {
    int order = Boolean.compare(carried == null, other.carried == null);
    if (order == 0) {
      order = Integer.compare(other.quality, quality);
    }
    if (order == 0) {
      order = Long.compare(createdAt, other.createdAt);
    }
    if (order == 0) {
      order = Utf8Order.ASCENDING.compare(id, other.id);
    }
    if (order == 0) {
      order = fingerprint.compareTo(other.fingerprint);
    }
    if (order == 0) {
      order = Long.compareUnsigned(record.high(), other.record.high());
    }
    return order == 0 ? Long.compareUnsigned(record.low(), other.record.low()) : order;
  }
}
