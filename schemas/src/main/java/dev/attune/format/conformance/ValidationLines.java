package dev.attune.format.conformance;

import dev.attune.bytes.Sha256;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Hashes of a validation file's lines, for finding equal lines in a training file. */
final class ValidationLines {
  private final Map<Long, Entry> byHash = new HashMap<>();
  private final MessageDigest sha256 = Sha256.newDigest();

  /**
   * Adds a line, unless one with the same quick hash was added before.
   *
   * @param hash the quick hash of the line's bytes
   */
  void add(long hash, long line, byte[] bytes, int from, int to) {
    byHash.computeIfAbsent(hash, absent -> new Entry(line, digest(bytes, from, to)));
  }

  /** Returns the number of the equal line, or 0. */
  long find(long hash, byte[] bytes, int from, int to) {
    if (byHash.isEmpty()) {
      return 0;
    }
    Entry entry = byHash.get(hash);
    return entry != null && Arrays.equals(entry.sha256(), digest(bytes, from, to))
        ? entry.line()
        : 0;
  }

  private byte[] digest(byte[] bytes, int from, int to) {
    sha256.update(bytes, from, to - from);
    return sha256.digest();
  }

  /** The number and the SHA-256 of a line. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Entry(long line, byte[] sha256) {}
}
