package dev.attune.format.conformance;

import dev.attune.bytes.Sha256;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The hashes of a validation file's lines, to find the same lines in a training file. */
final class ValidationLines {
  private final Map<Long, Entry> byHash = new HashMap<>();
  private final MessageDigest sha256 = Sha256.newDigest();

  /**
   * Keeps a line; of equal ones, and of those whose quick hashes collide, the first.
   *
   * @param hash the quick one of the line's bytes
   */
  void add(long hash, long line, byte[] bytes, int from, int to) {
    byHash.computeIfAbsent(hash, absent -> new Entry(line, digest(bytes, from, to)));
  }

  /** The number of the equal line, or 0. */
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

  /** What is held of a line. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Entry(long line, byte[] sha256) {}
}
