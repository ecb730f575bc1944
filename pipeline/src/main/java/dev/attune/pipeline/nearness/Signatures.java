package dev.attune.pipeline.nearness;

import com.dynatrace.hash4j.hashing.Hashing;

/**
 * Computes MinHash signatures for locality-sensitive hashing, with {@link SuperMinHash}. The
 * probability that two sets agree in a component of their signatures equals their similarity. A
 * band is {@code rows} components, and sets that agree in a band are candidates. So a share of
 * {@code 1 - (1 - s^rows)^bands} of the pairs with similarity s become candidates; at the threshold
 * it is {@link #RECALL} or more.
 *
 * <p>A sketch has two bits of each of 64 components. Candidates are not compared if their sketches
 * agree in too few components: more than four standard deviations fewer than expected at the
 * threshold. Not thread-safe, because the hasher reuses its tables.
 */
public final class Signatures {
  /**
   * The share of pairs at the threshold that become candidates. More similar pairs are found more
   * often.
   */
  static final double RECALL = 0.995;

  private static final int SKETCH_COMPONENTS = Long.SIZE;
  private static final double DEVIATIONS = 4;

  // With three rows, texts that only share a phrase are seldom candidates. Below these
  // similarities, so many rows would need too many bands.
  private static final double THREE_ROWS_FROM = 0.7;
  private static final double TWO_ROWS_FROM = 0.45;
  private static final int MAXIMUM_BANDS = 512;

  private final int rows;
  private final int bands;
  private final int leastEqual;
  private final SuperMinHash hasher;

  /** Creates signatures for a minimum similarity. */
  public Signatures(Similarity similarity) {
    double least = similarity.least();
    this.rows = least >= THREE_ROWS_FROM ? 3 : least >= TWO_ROWS_FROM ? 2 : 1;
    this.bands = bands(Math.pow(least, rows));
    this.leastEqual = leastEqual(least);
    this.hasher = new SuperMinHash(Math.max(SKETCH_COMPONENTS, rows * bands));
  }

  private static int bands(double oneBand) {
    if (oneBand >= RECALL) {
      return 1;
    }
    double enough = Math.ceil(Math.log(1 - RECALL) / Math.log(1 - oneBand));
    return (int) Math.min(MAXIMUM_BANDS, enough);
  }

  /**
   * Returns the minimum number of equal components in two sketches. A quarter of the components
   * that differ have equal bits by chance.
   */
  private static int leastEqual(double least) {
    double equal = least + (1 - least) / 4;
    double mean = SKETCH_COMPONENTS * equal;
    double deviation = Math.sqrt(SKETCH_COMPONENTS * equal * (1 - equal));
    return (int) Math.max(0, Math.floor(mean - DEVIATIONS * deviation));
  }

  /** Returns the signature of a set that is not empty. */
  public Signature of(Shingles shingles) {
    long[] components = hasher.compute(shingles.hashes());
    long[] hashes = new long[bands];
    for (int band = 0; band < bands; band++) {
      // The number of the band and at most three components of 16 bits fit into a long.
      long packed = band;
      for (int row = 0; row < rows; row++) {
        packed = packed << SuperMinHash.BITS | components[band * rows + row];
      }
      hashes[band] = Hashing.xxh3_64().hashLongToLong(packed);
    }
    long lower = 0;
    long upper = 0;
    for (int i = 0; i < SKETCH_COMPONENTS; i++) {
      long component = components[i];
      lower |= (component & 1) << i;
      upper |= (component >> 1 & 1) << i;
    }
    return new Signature(hashes, new Sketch(lower, upper));
  }

  /** Returns whether sets with these sketches may be near. */
  public boolean mayBeNear(long lower, long upper, long otherLower, long otherUpper) {
    long different = (lower ^ otherLower) | (upper ^ otherUpper);
    return SKETCH_COMPONENTS - Long.bitCount(different) >= leastEqual;
  }

  /** The signature of a set. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared; made and read once.
  public record Signature(long[] bands, Sketch sketch) {}

  /** Two bits of each component: one long of the lower bits, one of the upper bits. */
  public record Sketch(long lower, long upper) {}
}
