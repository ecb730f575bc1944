package dev.attune.pipeline.accounting;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * How much the run in this process has done, for people who wait for it; nothing that is published
 * depends on it.
 *
 * <p>It is static, for an engine gives every thread its own copy of a step and no step can hold
 * something that the launcher also sees. Beam's counters do not serve: those of an engine in this
 * process are told at the end of a bundle, which on Flink is the end of the step. A step on another
 * machine counts there, where nobody looks. Two runs in one process would be counted together.
 */
public final class WorkDone {
  private static final Map<Kind, LongAdder> DONE = new EnumMap<>(Kind.class);

  static {
    for (Kind kind : Kind.values()) {
      DONE.put(kind, new LongAdder());
    }
  }

  /** What is counted. */
  public enum Kind {
    /** Stored bytes of files, and of each database row its size as it is estimated. */
    INPUT_BYTES,
    /** Records read, whatever became of them. */
    RECORDS_READ,
    /** Records that passed the checks and are compared with each other. */
    RECORDS_ENCODED,
    /** Examples of the previous dataset, which are compared with them. */
    EXAMPLES_CARRIED,
    /** Records whose ids were compared. */
    IDS_COMPARED,
    /** Entries made to look for near duplicates, several a record. */
    BANDS_MADE,
    /** Such entries that were compared. */
    BANDS_COMPARED,
    /** Records whose unit was looked up. */
    RECORDS_IN_UNITS,
    /** Records written to parts, or rejected there. */
    RECORDS_WRITTEN,
    /** Bytes of the lines in the parts. */
    PART_BYTES,
    /** Bytes of the lineage in the parts. */
    LINEAGE_BYTES,
    /** Bytes of the files that the parts are put together to. */
    FILE_BYTES,
    /** Bytes of parts that were compared across the splits. */
    PROVEN_BYTES
  }

  private WorkDone() {}

  /** Counts. */
  public static void add(Kind kind, long amount) {
    adder(kind).add(amount);
  }

  /** The sum so far. */
  public static long of(Kind kind) {
    return adder(kind).sum();
  }

  /** Begins anew. */
  public static void reset() {
    DONE.values().forEach(LongAdder::reset);
  }

  private static LongAdder adder(Kind kind) {
    return Objects.requireNonNull(DONE.get(kind), "every kind has one");
  }
}
