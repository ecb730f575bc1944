package dev.attune.pipeline.nearness;

import com.dynatrace.hash4j.hashing.Hashing;
import com.dynatrace.hash4j.similarity.ElementHashProvider;
import com.dynatrace.hash4j.similarity.SimilarityHashPolicy;
import com.dynatrace.hash4j.similarity.SimilarityHasher;
import com.dynatrace.hash4j.similarity.SimilarityHashing;

/**
 * MinHash with locality-sensitive hashing, by hash4j's SuperMinHash (Ertl, 2017): two sets agree in
 * a component of their signatures with a chance of their similarity. {@code rows} components make a
 * band; sets that agree in a band are candidates. So of sets of similarity s a share of {@code 1 -
 * (1 - s^rows)^bands} becomes candidates, at the threshold {@link #RECALL} or more.
 *
 * <p>A sketch of two bits of each of 64 components says whether candidates may be near at all:
 * those four standard deviations below what the threshold gives are not. Not thread-safe: the
 * hasher keeps its tables.
 */
public final class Signatures {
  /**
   * The share of the pairs at the threshold that is found; more similar pairs are found more often.
   */
  static final double RECALL = 0.995;

  private static final int COMPONENT_BITS = 16;
  private static final int SKETCH_COMPONENTS = Long.SIZE;
  private static final double DEVIATIONS = 4;

  // With three rows texts that share a phrase seldom meet; below these similarities it takes too
  // many bands to find what is near with so many rows.
  private static final double THREE_ROWS_FROM = 0.7;
  private static final double TWO_ROWS_FROM = 0.45;
  private static final int MAXIMUM_BANDS = 512;

  private final int rows;
  private final int bands;
  private final int leastEqual;
  private final SimilarityHashPolicy policy;
  private final SimilarityHasher hasher;

  /** Creates signatures for a minimum similarity. */
  public Signatures(Similarity similarity) {
    double least = similarity.least();
    this.rows = least >= THREE_ROWS_FROM ? 3 : least >= TWO_ROWS_FROM ? 2 : 1;
    this.bands = bands(Math.pow(least, rows));
    this.leastEqual = leastEqual(least);
    this.policy =
        SimilarityHashing.superMinHash(Math.max(SKETCH_COMPONENTS, rows * bands), COMPONENT_BITS);
    this.hasher = policy.createHasher();
  }

  private static int bands(double oneBand) {
    if (oneBand >= RECALL) {
      return 1;
    }
    double enough = Math.ceil(Math.log(1 - RECALL) / Math.log(1 - oneBand));
    return (int) Math.min(MAXIMUM_BANDS, enough);
  }

  /** Two bits are equal by chance in a quarter of the components that differ. */
  private static int leastEqual(double least) {
    double equal = least + (1 - least) / 4;
    double mean = SKETCH_COMPONENTS * equal;
    double deviation = Math.sqrt(SKETCH_COMPONENTS * equal * (1 - equal));
    return (int) Math.max(0, Math.floor(mean - DEVIATIONS * deviation));
  }

  public int bands() {
    return bands;
  }

  public int rows() {
    return rows;
  }

  /** Returns the signature of a set that is not empty. */
  public Signature of(Shingles shingles) {
    byte[] signature = hasher.compute(ElementHashProvider.ofValues(shingles.hashes()));
    long[] hashes = new long[bands];
    for (int band = 0; band < bands; band++) {
      // Fits: the band's number and at most three components of 16 bits.
      long packed = band;
      for (int row = 0; row < rows; row++) {
        packed = packed << COMPONENT_BITS | policy.getComponent(signature, band * rows + row);
      }
      hashes[band] = Hashing.xxh3_64().hashLongToLong(packed);
    }
    long lower = 0;
    long upper = 0;
    for (int i = 0; i < SKETCH_COMPONENTS; i++) {
      long component = policy.getComponent(signature, i);
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
