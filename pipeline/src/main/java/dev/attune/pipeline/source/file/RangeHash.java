package dev.attune.pipeline.source.file;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.Hashing;

/**
 * The hash by which a range is known again: XXH3, 128 bits. The bytes that are read for a dataset
 * are those whose SHA-256 its manifest names, since the survey computes both over the same bytes.
 * SHA-256 of every range would be as exact and cost several times as much; nobody makes up bytes
 * against this hash who could not as well write what they want before the survey. A change goes
 * unseen with a probability of 2⁻¹²⁸.
 */
final class RangeHash {
  private final HashStream128 stream = Hashing.xxh3_128().hashStream();

  void update(byte[] bytes, int offset, int length) {
    stream.putBytes(bytes, offset, length);
  }

  /** Of the bytes since the last call, as 32 hex digits. */
  String next() {
    String hex = stream.get().toString();
    stream.reset();
    return hex;
  }
}
