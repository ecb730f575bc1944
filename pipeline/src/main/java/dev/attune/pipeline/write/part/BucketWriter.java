package dev.attune.pipeline.write.part;

import com.dynatrace.hash4j.hashing.Hashing;
import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.accounting.WorkDone;
import dev.attune.pipeline.accounting.WorkDone.Kind;
import dev.attune.pipeline.example.Decision;
import dev.attune.pipeline.example.EncodedExample;
import dev.attune.pipeline.example.Fingerprint;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.example.Line;
import dev.attune.pipeline.example.Provenance;
import dev.attune.pipeline.example.Split;
import dev.attune.pipeline.example.Utf8Order;
import dev.attune.pipeline.rejection.ContentHash;
import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.pipeline.rejection.RejectionReason;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Joins the bodies of one bucket with their decisions, writes the examples that are kept and
 * returns the records that are rejected. Memory: one bucket.
 */
public final class BucketWriter {
  private static final Comparator<Written> IN_ORDER =
      Comparator.<Written, Fingerprint>comparing(written -> written.body().fingerprint())
          .thenComparing(written -> written.body().provenance().id(), Utf8Order.ASCENDING);

  private static final Set<RejectionReason> OF_THE_SPLIT =
      EnumSet.of(RejectionReason.OVER_CAPACITY, RejectionReason.SPLIT_CONFLICT);

  private final TemporaryFolder folder;
  private final ContentHash contentHash;
  private final boolean byGroup;
  private final List<EncodedExample> bodies = new ArrayList<>();
  private final Map<Key128, List<Decision>> decisions = new HashMap<>();

  /** A body and its decision. */
  public record Written(EncodedExample body, Decision decision) {}

  public BucketWriter(TemporaryFolder folder, ContentHash contentHash, boolean byGroup) {
    this.folder = folder;
    this.contentHash = contentHash;
    this.byGroup = byGroup;
  }

  public void add(EncodedExample body) {
    bodies.add(body);
  }

  public void add(Decision decision) {
    decisions.computeIfAbsent(decision.record(), record -> new ArrayList<>(1)).add(decision);
  }

  /**
   * Writes the bucket.
   *
   * @throws IllegalStateException if a body has no decision or a decision no body, because a record
   *     was lost or added
   */
  public void write(int bucket, Consumer<ExamplePart> parts, Consumer<RejectedRecord> rejected)
      throws IOException {
    int all = bodies.size();
    Map<Split, List<Written>> written = decided(rejected);
    for (Map.Entry<Split, List<Written>> entry : written.entrySet()) {
      parts.accept(write(bucket, entry.getKey(), entry.getValue()));
    }
    WorkDone.add(Kind.RECORDS_WRITTEN, all);
  }

  /** Returns the examples that are kept, in the order of their files, and passes on the others. */
  public Map<Split, List<Written>> decided(Consumer<RejectedRecord> rejected) {
    Map<Split, List<Written>> written = new EnumMap<>(Split.class);
    for (EncodedExample body : bodies) {
      Decision decision = takeDecision(body);
      Split split = decision.split();
      if (split == null && body.carried()) {
        throw new IllegalStateException(
            "an example of the previous dataset was rejected: " + body.provenance().location());
      }
      if (split == null) {
        rejected.accept(rejected(body, decision));
      } else {
        written.computeIfAbsent(split, s -> new ArrayList<>()).add(new Written(body, decision));
      }
    }
    if (!decisions.isEmpty()) {
      throw new IllegalStateException(decisions.size() + " records have a decision but no body");
    }
    written.values().forEach(examples -> examples.sort(IN_ORDER));
    return written;
  }

  private Decision takeDecision(EncodedExample body) {
    List<Decision> ofRecord = decisions.get(body.record());
    if (ofRecord == null) {
      throw new IllegalStateException(
          "the record at " + body.provenance().location() + " has no decision");
    }
    // Records with the same key are equal, so their decisions are interchangeable.
    Decision decision = ofRecord.remove(ofRecord.size() - 1);
    if (ofRecord.isEmpty()) {
      decisions.remove(body.record());
    }
    return decision;
  }

  private RejectedRecord rejected(EncodedExample body, Decision decision) {
    RejectionReason reason =
        Optional.ofNullable(decision.reason())
            .orElseThrow(() -> new IllegalStateException("neither written nor rejected"));
    Provenance from = body.provenance();
    return new RejectedRecord(
        from.id(),
        from.source().key(),
        from.location(),
        OF_THE_SPLIT.contains(reason) ? "split" : "dedup",
        reason,
        reason.sentence(),
        decision.duplicateOf(),
        contentHash.hex(body.line().bytes()));
  }

  private ExamplePart write(int bucket, Split split, List<Written> examples) throws IOException {
    String linesFile = TemporaryFolder.uniqueName("lines", bucket);
    String lineageFile = TemporaryFolder.uniqueName("lineage", bucket);
    SplitStatistics statistics = new SplitStatistics();
    Tally tally = Tally.none(split.fileName());
    Tally carried = Tally.none(split.fileName());
    long bytes = 0;
    try (OutputStream lines = folder.create(linesFile);
        DataOutputStream lineage = new DataOutputStream(folder.create(lineageFile))) {
      for (Written written : examples) {
        EncodedExample body = written.body();
        lines.write(body.line().bytes());
        lines.write('\n');
        bytes += body.line().bytes().length + 1;
        lineageFrame(body, written.decision()).write(lineage);
        statistics.add(body);
        tally = tally.plus(body.provenance().id());
        carried = body.carried() ? carried.plus(body.provenance().id()) : carried;
      }
      WorkDone.add(Kind.PART_BYTES, bytes);
      WorkDone.add(Kind.LINEAGE_BYTES, lineage.size());
    }
    return new ExamplePart(
        bucket, split, linesFile, lineageFile, bytes, tally, carried, statistics);
  }

  private LineageFrame lineageFrame(EncodedExample body, Decision decision) {
    Provenance from = body.provenance();
    boolean grouped = byGroup && from.group() != null && !decision.common().joinsNothing();
    String group = grouped ? "g\0" + from.group() : "i\0" + from.id();
    byte[] tail =
        DatasetLines.lineageTail(
            from, decision.cluster(), decision.common(), body.fingerprint().hex());
    return new LineageFrame(
        Key128.of(Hashing.xxh3_128().hashCharsTo128Bits(group)),
        body.content(),
        body.carried(),
        decision.common().joinsNothing(),
        new Line(tail));
  }
}
