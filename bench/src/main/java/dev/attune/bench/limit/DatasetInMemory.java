package dev.attune.bench.limit;

import dev.attune.filesystem.FileMode;
import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.example.Decision;
import dev.attune.pipeline.example.EncodedExample;
import dev.attune.pipeline.example.Split;
import dev.attune.pipeline.rejection.ContentHash;
import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.pipeline.write.DatasetPublisher;
import dev.attune.pipeline.write.WriteDataset;
import dev.attune.pipeline.write.part.DatasetLines;
import dev.attune.pipeline.write.part.DecidedBucket;
import dev.attune.pipeline.write.part.HashedFile;
import dev.attune.pipeline.write.part.RejectedBucketWriter;
import dev.attune.schema.DatasetManifest.PublishedFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * Does the work of {@link WriteDataset} without a pipeline, for examples that are all in memory. It
 * writes the same lines in the same order, but no parts, report or manifest. Measurements compare
 * the pipeline with it.
 */
public final class DatasetInMemory {
  private final Path folder;
  private final ContentHash contentHash;
  private final int buckets;

  /**
   * Creates a writer for an existing folder.
   *
   * @param buckets the number of buckets that are sorted at once, at least 1; the output does not
   *     depend on it
   */
  public DatasetInMemory(Path folder, ContentHash contentHash, int buckets) {
    this.folder = folder;
    this.contentHash = contentHash;
    this.buckets = buckets;
  }

  /**
   * The result of writing.
   *
   * @param fingerprint of the dataset
   * @param tally of the records written and rejected
   * @param files with their hashes
   * @param rejected all rejected records
   */
  public record Summary(
      String fingerprint, Tally tally, List<PublishedFile> files, List<RejectedRecord> rejected) {}

  /** The examples of one bucket that stay, and its rejected records. */
  private record Bucket(
      Map<Split, List<DecidedBucket.Kept>> written, List<RejectedRecord> rejected) {}

  /** A written file and the tally of its records. */
  private record Written(PublishedFile file, Tally tally) {}

  /**
   * Writes train.jsonl, valid.jsonl, lineage.jsonl and rejected.jsonl.
   *
   * @param early the records that were rejected before decisions were made
   * @throws IllegalStateException if a body has no decision or a decision no body
   */
  public Summary write(
      List<EncodedExample> bodies, List<Decision> decisions, List<RejectedRecord> early)
      throws IOException {
    List<Bucket> sorted =
        IntStream.range(0, buckets)
            .parallel()
            .mapToObj(bucket -> bucket(bodies, decisions, bucket))
            .toList();
    List<RejectedRecord> rejected = new ArrayList<>(early);
    sorted.forEach(bucket -> rejected.addAll(bucket.rejected()));
    rejected.sort(RejectedBucketWriter.IN_ORDER);
    CompletableFuture<Written> training = inBackground(() -> writeLines(Split.TRAINING, sorted));
    CompletableFuture<Written> others = inBackground(() -> writeRejected(rejected));
    Written validation = writeLines(Split.VALIDATION, sorted);
    PublishedFile lineage = writeLineage(sorted);
    Written trained = training.join();
    Written refused = others.join();
    List<PublishedFile> files = List.of(trained.file(), validation.file(), lineage, refused.file());
    Tally tally = trained.tally().plus(validation.tally()).plus(refused.tally());
    return new Summary(DatasetPublisher.fingerprint(files), tally, files, rejected);
  }

  private Bucket bucket(List<EncodedExample> bodies, List<Decision> decisions, int bucket) {
    DecidedBucket decided = new DecidedBucket(contentHash);
    for (EncodedExample body : bodies) {
      if (body.fingerprint().range(buckets) == bucket) {
        decided.add(body);
      }
    }
    for (Decision decision : decisions) {
      if (decision.fingerprint().range(buckets) == bucket) {
        decided.add(decision);
      }
    }
    List<RejectedRecord> rejected = new ArrayList<>();
    return new Bucket(decided.divide(rejected::add), rejected);
  }

  private Written writeLines(Split split, List<Bucket> sorted) throws IOException {
    Tally tally = Tally.none(split.fileName());
    try (HashedFile file = create(split.fileName())) {
      for (Bucket bucket : sorted) {
        for (DecidedBucket.Kept written : of(split, bucket)) {
          file.writeLine(written.body().line().bytes());
          tally = tally.plus(written.body().provenance().id());
        }
      }
      return new Written(file.finish(), tally);
    }
  }

  private PublishedFile writeLineage(List<Bucket> sorted) throws IOException {
    try (HashedFile file = create("lineage.jsonl")) {
      for (Split split : Split.values()) {
        long line = 0;
        for (Bucket bucket : sorted) {
          for (DecidedBucket.Kept written : of(split, bucket)) {
            EncodedExample body = written.body();
            file.write(DatasetLines.lineageHead(split.fileName(), ++line));
            file.writeLine(
                DatasetLines.lineageTail(
                    body.provenance(),
                    written.decision().cluster(),
                    written.decision().common(),
                    body.fingerprint().hex()));
          }
        }
      }
      return file.finish();
    }
  }

  private Written writeRejected(List<RejectedRecord> rejected) throws IOException {
    Tally tally = Tally.none("rejected");
    try (HashedFile file = create("rejected.jsonl")) {
      for (RejectedRecord record : rejected) {
        file.writeLine(DatasetLines.rejected(record));
        tally = tally.plus(record.id());
      }
      return new Written(file.finish(), tally);
    }
  }

  private HashedFile create(String name) throws IOException {
    return new HashedFile(
        name,
        new BufferedOutputStream(
            Channels.newOutputStream(
                FileMode.PRIVATE.open(
                    folder.resolve(name), StandardOpenOption.TRUNCATE_EXISTING))));
  }

  private static List<DecidedBucket.Kept> of(Split split, Bucket bucket) {
    return bucket.written().getOrDefault(split, List.of());
  }

  /** A task that writes. */
  @FunctionalInterface
  private interface Writing {
    Written write() throws IOException;
  }

  private static CompletableFuture<Written> inBackground(Writing writing) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return writing.write();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
