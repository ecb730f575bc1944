package dev.attune.pipeline.example;

import com.dynatrace.hash4j.hashing.Hashing;
import org.jspecify.annotations.Nullable;

/**
 * Two nodes that must stay in one split. A node is the 64-bit hash of a group's name or, for a
 * record without a group, of its id. Two colliding nodes (n^2 / 2^65: 3e-6 for ten million) join
 * two units unnecessarily, without other harm.
 */
public record Join(long a, long b, Cause cause) {
  /** A join without effect. */
  public static final Join NONE = new Join(0, 0, Cause.DUPLICATE);

  /** Why two nodes must stay together. */
  public enum Cause {
    /** A record was made from another one. */
    PARENT,
    /** A record was dropped for one with the same id or normal form. */
    DUPLICATE,
    /** The texts of two records are near. */
    NEARNESS,
    /** Two records have an equal prompt key. */
    PROMPT,
    /** The dialogue of a record is the beginning of another one's. */
    BEGINNING
  }

  /** Returns the node of a record. */
  public static long node(@Nullable String group, String id) {
    return group == null ? nodeOfId(id) : Hashing.xxh3_64().hashCharsToLong("g\0" + group);
  }

  /** Returns the node of a record without a group, or of an unknown parent. */
  public static long nodeOfId(String id) {
    return Hashing.xxh3_64().hashCharsToLong("i\0" + id);
  }
}
