package dev.attune.pipeline.run;

import dev.attune.pipeline.prepare.PrepareRunner;
import dev.attune.pipeline.source.feedback.ReadFeedback;
import dev.attune.pipeline.source.file.storage.InputFile;
import dev.attune.pipeline.source.previous.PreviousDataset;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** Chooses the engine and the numbers of buckets by the size of a run's inputs. */
public final class EngineSizing {
  // The bodies of one bucket are in one worker's heap, twice while they are sorted and written. On
  // Flink all of one worker's bodies are one record, which must fit into a buffer of its sorters.
  private static final long BUCKET_BYTES = 16L << 20;

  // Size that a record gets besides its text: roles and keys of its line, ids, lineage.
  private static final long ADDED_BYTES = 300;

  // The identities of one bucket are in one worker's heap, a few hundred bytes each.
  private static final long BUCKET_IDENTITIES = 100_000;

  private static final long RECORD_BYTES = 600;

  private static final int MINIMUM_BUCKETS = 4;
  private static final int MAXIMUM_BUCKETS = 4_096;

  private final PreparePlan plan;
  private final long rows;
  private final long carriedBytes;
  private final long carriedExamples;

  EngineSizing(PreparePlan plan) {
    this.plan = plan;
    this.rows = plan.feedback() == null ? 0 : plan.feedback().watermark().rows();
    PreviousDataset previous = plan.previous();
    this.carriedBytes = previous == null ? 0 : previous.bytes();
    this.carriedExamples = previous == null ? 0 : previous.examples();
  }

  /** Returns the stored size of the files, and an estimate for the database rows. */
  long inputBytes() {
    return rows * ReadFeedback.ROW_BYTES + sumOfFiles(InputFile::bytes);
  }

  /**
   * Returns the local runner if the unpacked input is at most three quarters of the heap, otherwise
   * Flink, whose memory does not grow with the input. In a heap of 4 GB the local runner was
   * measured with 3.0 GB (5,000,000 records), and with near duplicates in 1 GB with 0.6 GB.
   *
   * @param heapBytes the maximum size of the heap
   */
  public PrepareRunner suitableRunner(long heapBytes) {
    return suitable(unpackedBytes(), heapBytes);
  }

  /** Returns the runner for an input of a size. */
  static PrepareRunner suitable(long inputBytes, long heapBytes) {
    return inputBytes <= heapBytes / 4 * 3 ? PrepareRunner.LOCAL : PrepareRunner.FLINK;
  }

  /** Returns an estimate of the number of records: some have 600 bytes in a file. */
  long likelyRecords() {
    return rows + sumOfFiles(InputFile::unpackedBytes) / RECORD_BYTES + carriedExamples;
  }

  /** Returns the size of all inputs when they are unpacked, for packed files an estimate. */
  long unpackedBytes() {
    return rows * ReadFeedback.ROW_BYTES + sumOfFiles(InputFile::unpackedBytes) + carriedBytes;
  }

  /** Returns the number of buckets for the bodies of the examples. */
  public int buckets() {
    return buckets((unpackedBytes() + records() * ADDED_BYTES) / BUCKET_BYTES + 1);
  }

  /**
   * Returns the number of buckets for identities, whose size does not depend on the texts. There
   * are no more of them than needed, because each is a bundle to pass on.
   */
  public int identityBuckets() {
    return buckets((records() + carriedExamples) / BUCKET_IDENTITIES + 1);
  }

  private static int buckets(long wanted) {
    return (int) Math.min(MAXIMUM_BUCKETS, Math.max(MINIMUM_BUCKETS, wanted));
  }

  private long records() {
    return rows + sumOfFiles(InputFile::mostRecords);
  }

  private long sumOfFiles(ToLongFunction<InputFile> of) {
    return Stream.concat(plan.observations().stream(), plan.generated().stream())
        .mapToLong(of)
        .sum();
  }
}
