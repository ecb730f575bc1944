package dev.attune.pipeline.source.file.storage;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.Hashing;

/**
 * The hash by which a range is recognised when it is read: XXH3 with 128 bits. The survey computes
 * it and the SHA-256 in the manifest over the same bytes, so the bytes that are read are those the
 * manifest names. SHA-256 of every range would cost several times as much. XXH3 does not resist
 * attack, but a user who can change a file during a run can also change it before the run. An
 * accidental change goes unnoticed with a probability of 2⁻¹²⁸.
 */
public final class RangeHash {
  private final HashStream128 stream = Hashing.xxh3_128().hashStream();

  public void update(byte[] bytes, int offset, int length) {
    stream.putBytes(bytes, offset, length);
  }

  /** Returns the hash of the bytes since the last call, as 32 hex digits. */
  public String next() {
    String hex = stream.get().toString();
    stream.reset();
    return hex;
  }
}
