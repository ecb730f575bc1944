package dev.attune.pipeline.write.part;

import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.example.RejectionReason;
import dev.attune.pipeline.example.SourceName;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rejected records of one bucket, sorted by id and location, in one temporary file.
 *
 * @param file name of the file, which contains a {@link RejectedFrame} per record
 * @param tally number of records and sum of their ids
 * @param reasons number of records and first record by source and reason
 */
public record RejectedPart(String file, Tally tally, TreeMap<Key, First> reasons)
    implements Serializable {

  /** A source and a reason, in the order of their enums. */
  public record Key(SourceName source, RejectionReason reason)
      implements Serializable, Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int order = source.compareTo(other.source);
      return order == 0 ? reason.compareTo(other.reason) : order;
    }
  }

  /** The number of records, and the first of them in the order of rejected.jsonl. */
  public record First(long count, String id, String location) implements Serializable {
    First and(First other) {
      boolean first = RejectedOrder.compare(id, location, other.id, other.location) <= 0;
      return new First(
          count + other.count, first ? id : other.id, first ? location : other.location);
    }
  }

  /** Returns the reasons of several parts. */
  public static Map<Key, First> merge(Iterable<RejectedPart> parts) {
    TreeMap<Key, First> all = new TreeMap<>();
    for (RejectedPart part : parts) {
      part.reasons.forEach((key, first) -> all.merge(key, first, First::and));
    }
    return all;
  }
}
