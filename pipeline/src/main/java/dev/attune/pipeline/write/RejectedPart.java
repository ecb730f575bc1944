package dev.attune.pipeline.write;

import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.rejection.RejectionReason;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * One bucket's rejected records, sorted by id and location, in one temporary file.
 *
 * @param file an id, a location and a line for each, with their lengths
 * @param tally how many, and the sum of their ids
 * @param reasons how often each source has each reason, and where first
 */
record RejectedPart(String file, Tally tally, TreeMap<Key, First> reasons) implements Serializable {

  /** A source and a reason, in the contract's order. */
  record Key(SourceName source, RejectionReason reason) implements Serializable, Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int order = source.compareTo(other.source);
      return order == 0 ? reason.compareTo(other.reason) : order;
    }
  }

  /** How many there are, and the first in the order of rejected.jsonl. */
  record First(long count, String id, String location) implements Serializable {
    First and(First other) {
      boolean first = RejectedOrder.compare(id, location, other.id, other.location) <= 0;
      return new First(
          count + other.count, first ? id : other.id, first ? location : other.location);
    }
  }

  /** The reasons of several parts. */
  static Map<Key, First> merge(Iterable<RejectedPart> parts) {
    TreeMap<Key, First> all = new TreeMap<>();
    for (RejectedPart part : parts) {
      part.reasons.forEach((key, first) -> all.merge(key, first, First::and));
    }
    return all;
  }
}
