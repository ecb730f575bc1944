package dev.attune.pipeline.accounting;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counters of the work done in this process, for the progress display; no output depends on them.
 *
 * <p>They are static, because runners copy steps and a step cannot share an object with the
 * launcher. Beam's metrics are updated at the end of a bundle, which on Flink is the end of the
 * step. Steps on other machines are not counted here, and two runs in one process are counted
 * together.
 */
public final class WorkDone {
  private static final Map<Kind, LongAdder> DONE = new EnumMap<>(Kind.class);

  static {
    for (Kind kind : Kind.values()) {
      DONE.put(kind, new LongAdder());
    }
  }

  /** The counters. */
  public enum Kind {
    /** Stored bytes of files, and the estimated size of database rows. */
    INPUT_BYTES,
    /** Records read, including those rejected later. */
    RECORDS_READ,
    /** Records that passed the checks. */
    RECORDS_ENCODED,
    /** Examples of the previous dataset. */
    EXAMPLES_CARRIED,
    /** Records whose ids were compared. */
    IDS_COMPARED,
    /** Entries made to find near duplicates, several per record. */
    BANDS_MADE,
    /** Entries compared to find near duplicates. */
    BANDS_COMPARED,
    /** Records whose unit was looked up. */
    RECORDS_IN_UNITS,
    /** Records written to parts, or rejected there. */
    RECORDS_WRITTEN,
    /** Bytes of the lines in the parts. */
    PART_BYTES,
    /** Bytes of the lineage in the parts. */
    LINEAGE_BYTES,
    /** Bytes of the assembled files. */
    FILE_BYTES,
    /** Bytes of parts that were compared between the splits. */
    PROVEN_BYTES
  }

  private WorkDone() {}

  /** Adds to a counter. */
  public static void add(Kind kind, long amount) {
    adder(kind).add(amount);
  }

  /** Returns the value of a counter. */
  public static long of(Kind kind) {
    return adder(kind).sum();
  }

  /** Sets all counters to 0. */
  public static void reset() {
    DONE.values().forEach(LongAdder::reset);
  }

  private static LongAdder adder(Kind kind) {
    return Objects.requireNonNull(DONE.get(kind), "every kind has one");
  }
}
